import { referencesOf } from "../references";
import { isResource } from "../resourceTypes";
import type { StackResource } from "../stack";
import { tryRead } from "../unknown";

/** Which VPC a resource is in. */
export interface VpcOf {
  /** The VPCs of the stack that it may be: their URNs, or the account's default VPC. */
  readonly ours: readonly string[];
  /** The id of a VPC of another stack; `undefined` when a preview does not know it, or the stack does not show it. */
  readonly elsewhere: string | undefined;
  /** Whether the property has a known value. */
  readonly known: boolean;
}

/** A region has one default VPC. */
const theDefault = "the default VPC";

const vpcTypes = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"] as const;

/** The outputs of a VPC that identify it, or its default route table. */
const keys = ["id", "mainRouteTableId", "defaultRouteTableId"];

/** The VPC that a property refers to, by the VPC's id or its default route table's. */
export function vpcOf(stack: readonly StackResource[], resource: StackResource, property = "vpcId"): VpcOf {
  if (isResource(resource, "aws:ec2/defaultSubnet:DefaultSubnet")) {
    return { ours: [theDefault], elsewhere: undefined, known: true };
  }
  const vpcs = keys.flatMap((key) => referencesOf(stack, resource, property, vpcTypes, { key }).possible);
  const value = tryRead((): unknown => Reflect.get(resource.props, property));
  const id = value.known && typeof value.value === "string" ? value.value : undefined;
  return {
    ours: vpcs.map((vpc) => (isResource(vpc, "aws:ec2/defaultVpc:DefaultVpc") ? theDefault : vpc.urn)),
    elsewhere: id?.startsWith("vpc-") === true ? id : undefined,
    known: id !== undefined,
  };
}

/** Whether it is the account's default VPC, whose main route table leads to the internet unless the stack changes it. */
export function isDefault({ ours }: VpcOf): boolean {
  return ours.includes(theDefault);
}

/** False only if the stack shows that they are different. */
export function mayBeSame(one: VpcOf, other: VpcOf): boolean {
  if (one.ours.length > 0 && other.ours.length > 0) return one.ours.some((vpc) => other.ours.includes(vpc));
  // A VPC of the stack has no id that the program could have as a literal.
  if (one.ours.length > 0) return !other.known;
  if (other.ours.length > 0) return !one.known;
  return one.elsewhere === undefined || other.elsewhere === undefined || one.elsewhere === other.elsewhere;
}
