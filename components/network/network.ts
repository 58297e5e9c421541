import * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { named } from "../settings/named";
import { parseArgs } from "../settings/parse";
import type { BuilderPlace } from "../shared/builderPlace";
import type { NetworkArgs } from "./args";
import { createConnectEndpoint, createInterfaceEndpoints, type EndpointPlace } from "./endpoints";
import { builderSubnets, type FlowPlan, planFlows } from "./flows";
import { type AclRules, planNetworkAclRules } from "./networkAclRules";
import { openFlows } from "./securityGroupRules";
import { closeDefaultSecurityGroup, createSecurityGroups, type SecurityGroups } from "./securityGroups";
import { networkArgs } from "./settings";
import { createVpc, partsOf } from "./vpc";

export type { NetworkArgs } from "./args";

type Settled = z.output<typeof networkArgs>;

/**
 * A VPC in two Availability Zones with a public and a private subnet in each, NAT gateways and endpoints as the settings
 * state, and security groups and network ACLs that allow only the site's traffic. Only load balancers, NAT gateways and
 * an image builder in a public subnet get public addresses.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** One in each zone. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** One in each zone. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly loadBalancerSecurityGroupId: pulumi.Output<string>;
  readonly instanceSecurityGroupId: pulumi.Output<string>;
  readonly databaseSecurityGroupId: pulumi.Output<string>;
  /** `undefined` without `sharedUploads`. */
  readonly uploadsSecurityGroupId: pulumi.Output<string> | undefined;
  /** Where the servers' image is baked; `undefined` without `imageBuilder`. */
  readonly builderPlace: BuilderPlace | undefined;
  /** The VPC's resources. The awsx provider registers them, so they are not among this component's children. */
  readonly vpcParts: pulumi.Output<pulumi.Resource[]>;

  /** @throws InvalidSettingsError that lists every wrong argument, before any resource is registered. */
  constructor(name: string, args: NetworkArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const settings = parseArgs("Network", name, networkArgs, args);
    super("wordpress:network:Network", name, {}, opts);

    const vpc = createVpc(name, settings, settings.tags, this);
    const plan = flowPlan(settings);
    const flows = planFlows(plan);
    const place = { vpcId: vpc.vpcId, tags: settings.tags, parent: this };
    closeDefaultSecurityGroup(name, place);
    const groups = createSecurityGroups(name, flows, place);
    const endpoints = createEndpoints(name, vpc, groups, settings, place);
    const rules = openFlows(name, flows, { ...place, groups });
    const acls = planNetworkAclRules({ ...plan, vpcCidrBlock: settings.cidrBlock });
    const networkAcls = [
      createNetworkAcl(`${name}-public`, vpc.publicSubnetIds, acls.public, place),
      createNetworkAcl(`${name}-private`, vpc.privateSubnetIds, acls.private, place),
    ];

    this.vpcId = vpc.vpcId;
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.privateSubnetIds = vpc.privateSubnetIds;
    // A resource that uses a group is created after the rules and endpoints, so that it can connect at once.
    const traffic = [...endpoints, ...rules, ...networkAcls];
    this.loadBalancerSecurityGroupId = afterCreation(groups.loadBalancer.id, traffic);
    this.instanceSecurityGroupId = afterCreation(groups.servers.id, traffic);
    this.databaseSecurityGroupId = afterCreation(groups.database.id, traffic);
    this.uploadsSecurityGroupId =
      groups.uploads === undefined ? undefined : afterCreation(groups.uploads.id, traffic);
    this.builderPlace = builderPlace(vpc, plan, groups, traffic);
    this.vpcParts = partsOf(vpc);
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      loadBalancerSecurityGroupId: this.loadBalancerSecurityGroupId,
      instanceSecurityGroupId: this.instanceSecurityGroupId,
      databaseSecurityGroupId: this.databaseSecurityGroupId,
      uploadsSecurityGroupId: this.uploadsSecurityGroupId,
      builderPlace: this.builderPlace,
    });
  }
}

function flowPlan({ natGateways, ...settings }: Settled): FlowPlan {
  return { ...settings, nat: natGateways !== "none" };
}

/** In the first zone only, as the builder runs for minutes. */
function builderPlace(
  { publicSubnetIds, privateSubnetIds }: awsx.ec2.Vpc,
  plan: FlowPlan,
  { imageBuilder }: SecurityGroups,
  traffic: readonly pulumi.Resource[],
): BuilderPlace | undefined {
  if (imageBuilder === undefined) return undefined;
  const isPublic = builderSubnets(plan) === "public";
  return {
    subnetId: (isPublic ? publicSubnetIds : privateSubnetIds).apply(firstOf),
    securityGroupId: afterCreation(imageBuilder.id, traffic),
    publicAddress: isPublic,
  };
}

/** The endpoints of all flows, in the private subnets. */
function createEndpoints(
  name: string,
  { privateSubnetIds }: awsx.ec2.Vpc,
  groups: SecurityGroups,
  { interfaceEndpoints }: Settled,
  place: EndpointPlace,
): readonly pulumi.CustomResource[] {
  const oneZone = privateSubnetIds.apply((ids) => ids.slice(0, 1));
  const zones = interfaceEndpoints === "perAz" ? privateSubnetIds : oneZone;
  const firstSubnetId = oneZone.apply(firstOf);
  return [
    ...createInterfaceEndpoints(name, zones, groups, place),
    ...(groups.connectEndpoint === undefined
      ? []
      : [createConnectEndpoint(name, firstSubnetId, groups.connectEndpoint.id, place)]),
  ];
}

function firstOf([id]: readonly string[]): string {
  if (id === undefined) throw new Error("the VPC has no subnet of this type");
  return id;
}

function createNetworkAcl(
  name: string,
  subnetIds: pulumi.Input<string[]>,
  { ingress, egress }: AclRules,
  { vpcId, tags, parent }: { readonly parent: pulumi.Resource } & Pick<EndpointPlace, "vpcId" | "tags">,
): aws.ec2.NetworkAcl {
  const allow = (rules: AclRules["ingress"]) => rules.map((rule) => ({ ...rule, action: "allow" }));
  return new aws.ec2.NetworkAcl(
    name,
    { vpcId, subnetIds, ingress: allow(ingress), egress: allow(egress), tags: named(name, tags) },
    { parent },
  );
}

/**
 * The value, available after the creation of the resources. It depends on their URNs, which a preview knows. With their
 * ids, a preview of a new rule would show changes of everything that uses the group.
 */
function afterCreation(
  value: pulumi.Output<string>,
  resources: readonly pulumi.Resource[],
): pulumi.Output<string> {
  return pulumi.all(resources.map(({ urn }) => urn)).apply(() => value);
}
