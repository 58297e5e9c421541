import type { Properties, PropertyValue } from "../aws/resourceType";
import { isList, isObject, reading } from "../aws/values";
import { isSecret } from "../protocol/special";
import { subnetStrategies, type SubnetStrategy } from "./subnetPlan";
import type { SubnetSpec, SubnetType } from "./subnetSpec";

const natStrategies = ["None", "Single", "OnePerAz"] as const;
const subnetTypes: readonly SubnetType[] = ["Public", "Private", "Isolated", "Unused"];
const nameTagStrategies = ["Legacy", "AvailabilityZone"] as const;

export type NatStrategy = (typeof natStrategies)[number];

/** The program's options of `awsx.ec2.Vpc`, with awsx's defaults. */
export interface VpcOptions {
  readonly cidrBlock: string;
  readonly availabilityZoneNames?: readonly string[];
  readonly numberOfAvailabilityZones: number;
  readonly availabilityZoneCidrMask?: number;
  readonly natStrategy: NatStrategy;
  /** Allocation ids of the NAT gateways' addresses, by zone; if empty, awsx allocates the addresses. */
  readonly elasticIpAllocationIds: readonly PropertyValue[];
  readonly subnetStrategy: SubnetStrategy;
  readonly subnetSpecs?: readonly SubnetSpec[];
  /** Suffix of the subnets' `Name` tags. */
  readonly nameTagStrategy: (typeof nameTagStrategies)[number];
  /** Whether a subnet assigns IPv6 addresses, unless its spec states it. */
  readonly assignIpv6: boolean;
  readonly tags: Properties;
  readonly endpoints: readonly EndpointSpec[];
  /** Inputs that awsx passes to the VPC unchanged. */
  readonly passedOn: Properties;
}

export interface EndpointSpec {
  /** The resource's name. @default the service's */
  readonly name: string;
  readonly inputs: Properties;
}

const passedOn = [
  "assignGeneratedIpv6CidrBlock",
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
];
const endpointMembers = [
  "autoAccept",
  "name",
  "policy",
  "privateDnsEnabled",
  "routeTableIds",
  "securityGroupIds",
  "serviceName",
  "subnetIds",
  "tags",
  "vpcEndpointType",
];

/**
 * Reads the component's inputs.
 * @throws RangeError that lists every option that this provider does not support.
 */
export function readVpcOptions(inputs: Properties): VpcOptions {
  const problems: string[] = [];
  const only = (path: string, values: Properties, known: readonly string[]) => {
    for (const name of Object.keys(values)) {
      if (!known.includes(name)) {
        problems.push(`${path}${name}: the local awsx provider supports only ${known.join(", ")}`);
      }
    }
  };
  const oneOf = <Choice extends string>(path: string, choices: readonly Choice[], given: unknown) => {
    // awsx compares most of these values in lower case.
    const found = choices.find((choice) => choice.toLowerCase() === String(given).toLowerCase());
    if (found === undefined) problems.push(`${path}: ${JSON.stringify(given)} is not ${choices.join(", ")}`);
    return found;
  };

  only("", inputs, [
    ...passedOn,
    "availabilityZoneCidrMask",
    "availabilityZoneNames",
    "cidrBlock",
    "natGateways",
    "numberOfAvailabilityZones",
    "subnetNameTagStrategy",
    "subnetSpecs",
    "subnetStrategy",
    "tags",
    "vpcEndpointSpecs",
    "vpcEndpointStrategy",
  ]);
  const from = reading<Properties>(inputs);
  const nat = from.object("natGateways") ?? { strategy: "OnePerAz" };
  only("natGateways.", nat, ["elasticIpAllocationIds", "strategy"]);
  const natStrategy = oneOf("natGateways.strategy", natStrategies, nat["strategy"] ?? "OnePerAz") ?? "None";
  const elasticIpAllocationIds = listOf(nat["elasticIpAllocationIds"]);
  const subnetStrategy =
    oneOf("subnetStrategy", subnetStrategies, inputs["subnetStrategy"] ?? "Legacy") ?? "Legacy";
  const nameTagStrategy =
    oneOf("subnetNameTagStrategy", nameTagStrategies, inputs["subnetNameTagStrategy"] ?? "Legacy") ??
    "Legacy";
  // "Auto" adds subnets and route tables to the endpoints, which this provider does not.
  oneOf("vpcEndpointStrategy", ["Legacy"], inputs["vpcEndpointStrategy"] ?? "Legacy");
  const availabilityZoneNames = from.strings("availabilityZoneNames");
  const numberOfAvailabilityZones = from.number("numberOfAvailabilityZones");
  if (availabilityZoneNames !== undefined && numberOfAvailabilityZones !== undefined) {
    problems.push("availabilityZoneNames, numberOfAvailabilityZones: one of the two");
  }

  const subnetSpecs = from.objects("subnetSpecs")?.map((spec, index): SubnetSpec => {
    const path = `subnetSpecs[${index}]`;
    only(`${path}.`, spec, [
      ...["assignIpv6AddressOnCreation", "cidrBlocks", "cidrMask", "name", "size", "tags", "type"],
    ]);
    const of = reading<Properties>(spec);
    const [cidrMask, name, size] = [of.number("cidrMask"), of.string("name"), of.number("size")];
    const [cidrBlocks, tags] = [of.strings("cidrBlocks"), of.stringMap("tags")];
    const assignIpv6AddressOnCreation = of.boolean("assignIpv6AddressOnCreation");
    return {
      type: oneOf(`${path}.type`, subnetTypes, spec["type"]) ?? "Unused",
      ...(assignIpv6AddressOnCreation === undefined ? {} : { assignIpv6AddressOnCreation }),
      ...(cidrBlocks === undefined ? {} : { cidrBlocks }),
      ...(cidrMask === undefined ? {} : { cidrMask }),
      ...(name === undefined ? {} : { name }),
      ...(size === undefined ? {} : { size }),
      ...(tags === undefined ? {} : { tags }),
    };
  });
  // Without specs, both types exist.
  const hasType = (type: SubnetType) => subnetSpecs?.some((spec) => spec.type === type) ?? true;
  if (natStrategy !== "None" && !(hasType("Public") && hasType("Private"))) {
    problems.push(
      `natGateways.strategy: ${natStrategy} needs a Public subnet for the gateway and a Private one that uses it`,
    );
  }

  const endpoints = (from.objects("vpcEndpointSpecs") ?? []).map((spec, index): EndpointSpec => {
    only(`vpcEndpointSpecs[${index}].`, spec, endpointMembers);
    const of = reading<Properties>(spec);
    const name = of.string("name") ?? of.requiredString("serviceName");
    return { name, inputs: Object.fromEntries(Object.entries(spec).filter(([member]) => member !== "name")) };
  });

  if (problems.length > 0) throw new RangeError(problems.join("; "));
  const zoneMask = from.number("availabilityZoneCidrMask");
  return {
    cidrBlock: from.string("cidrBlock") ?? "10.0.0.0/16",
    ...(availabilityZoneNames === undefined ? {} : { availabilityZoneNames }),
    numberOfAvailabilityZones: numberOfAvailabilityZones ?? 3,
    ...(zoneMask === undefined ? {} : { availabilityZoneCidrMask: zoneMask }),
    natStrategy,
    elasticIpAllocationIds,
    subnetStrategy,
    ...(subnetSpecs === undefined ? {} : { subnetSpecs }),
    nameTagStrategy,
    assignIpv6: from.boolean("assignGeneratedIpv6CidrBlock") ?? false,
    tags: tagsOf(inputs["tags"]),
    endpoints,
    passedOn: Object.fromEntries(Object.entries(inputs).filter(([name]) => passedOn.includes(name))),
  };
}

function listOf(value: PropertyValue | undefined): readonly PropertyValue[] {
  return value !== undefined && isList(value) ? value : [];
}

/** The number of addresses that awsx requires: one for each NAT gateway, or none. */
export function addressProblem(
  { natStrategy, elasticIpAllocationIds: { length } }: VpcOptions,
  zoneCount: number,
): string | undefined {
  const allowed = { None: [0], Single: [0, 1], OnePerAz: [0, zoneCount] }[natStrategy];
  if (allowed.includes(length)) return undefined;
  return `natGateways.elasticIpAllocationIds: ${length} of them; ${natStrategy} takes ${allowed.join(" or ")}`;
}

/** A tag's value may be secret or unknown, as it is passed on unchanged; the map may not. */
function tagsOf(tags: PropertyValue | undefined): Properties {
  if (tags === undefined || tags === null) return {};
  if (isObject(tags) && !isSecret(tags)) return tags;
  throw new RangeError("tags: the map is secret or unknown; only its values may be");
}
