import type { StackResource } from "../../../policies/support/stack";
import recorded from "../../support/awsx-vpc-graphs.json";
import { among, anyFixture, unknown } from "./fixture";

export type RecordedVpc = keyof typeof recorded.cases;

interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: object;
}

/** A stack with a VPC as the official awsx registers it. */
export interface AwsxStack {
  readonly network: readonly StackResource[];
  /** A resource outside of the component; `subnets` is a property with subnets' ids, from an output of the component. */
  readonly add: (type: string, name: string, subnets: string, ids: readonly string[]) => StackResource;
  readonly outputs: {
    readonly publicSubnetIds: readonly string[];
    readonly privateSubnetIds: readonly string[];
  };
}

/** The types whose ids properties have. Ids repeat across types in the recording. */
const referredTypes: Readonly<Record<string, string>> = {
  allocationId: "aws:ec2/eip:Eip",
  gatewayId: "aws:ec2/internetGateway:InternetGateway",
  natGatewayId: "aws:ec2/natGateway:NatGateway",
  routeTableId: "aws:ec2/routeTable:RouteTable",
  subnetId: "aws:ec2/subnet:Subnet",
  vpcId: "aws:ec2/vpc:Vpc",
};

/**
 * The component's own resources have exact dependencies; each of its outputs depends on all of them.
 *
 * @param phase a first preview knows no id, an update knows all of them
 */
export function awsxStack(vpc: RecordedVpc, phase: "preview" | "update"): AwsxStack {
  const { resources, outputs } = recorded.cases[vpc];
  const network: StackResource[] = [];
  for (const { type, name, inputs } of ordered(resources)) {
    const references = Object.entries(inputs).flatMap(([property, value]) => {
      const target = network.find(
        (each) => each.type === referredTypes[property] && `${each.name}-id` === value,
      );
      return target === undefined ? [] : [[property, [target]] as const];
    });
    const unknowns = Object.fromEntries(references.map(([property]) => [property, unknown]));
    const props = phase === "update" ? { ...inputs, id: `${name}-id` } : { ...inputs, ...unknowns };
    network.push(among(anyFixture(type, name, props), Object.fromEntries(references)));
  }
  return {
    network,
    outputs,
    add: (type, name, subnets, ids) => {
      const known = { [subnets]: subnets === "subnetId" ? ids[0] : ids, id: `${name}-id`, name };
      const props = phase === "update" ? known : { [subnets]: unknown };
      return among(anyFixture(type, name, props), { [subnets]: network });
    },
  };
}

/** Each after those whose ids it has. */
function ordered(all: readonly Recorded[]): readonly Recorded[] {
  const ranks = ["Vpc", "InternetGateway", "Subnet", "RouteTable", "Eip", "NatGateway"];
  const rank = ({ type }: Recorded) => {
    const found = ranks.indexOf(type.split(":").at(-1) ?? "");
    return found < 0 ? ranks.length : found;
  };
  return all.toSorted((one, other) => rank(one) - rank(other));
}
