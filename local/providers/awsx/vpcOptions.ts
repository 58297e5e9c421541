import type { Properties, PropertyValue } from "../aws/resourceType";
import { isObject, reading } from "../aws/values";
import { isSecret } from "../protocol/special";
import type { SubnetSpec, SubnetType } from "./subnetPlan";

const natStrategies = ["None", "Single", "OnePerAz"] as const;
const subnetTypes: readonly SubnetType[] = ["Public", "Private", "Isolated", "Unused"];

export type NatStrategy = (typeof natStrategies)[number];

/** What the program asked of `awsx.ec2.Vpc`, with awsx's defaults. */
export interface VpcOptions {
  readonly cidrBlock: string;
  readonly availabilityZoneNames?: readonly string[];
  readonly numberOfAvailabilityZones: number;
  readonly availabilityZoneCidrMask?: number;
  readonly natStrategy: NatStrategy;
  readonly subnetSpecs?: readonly SubnetSpec[];
  readonly tags: Properties;
  readonly endpoints: readonly (Properties & { readonly serviceName: string })[];
  /** Inputs of the VPC itself that awsx only passes on. */
  readonly passedOn: Properties;
}

const passedOn = ["enableDnsHostnames", "enableDnsSupport", "instanceTenancy"];
const endpointMembers = [
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
 * @throws RangeError that lists every option which this provider does not know or cannot follow.
 */
export function readVpcOptions(inputs: Properties): VpcOptions {
  const problems: string[] = [];
  const only = (path: string, values: Properties, known: readonly string[]) => {
    for (const name of Object.keys(values)) {
      if (!known.includes(name)) {
        problems.push(`${path}${name}: the local awsx provider knows only ${known.join(", ")}`);
      }
    }
  };
  const oneOf = <Choice extends string>(path: string, choices: readonly Choice[], given: unknown) => {
    const found = choices.find((choice) => choice === given);
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
    "subnetSpecs",
    "subnetStrategy",
    "tags",
    "vpcEndpointSpecs",
  ]);
  const from = reading<Properties>(inputs);
  const nat = from.object("natGateways") ?? { strategy: "OnePerAz" };
  only("natGateways.", nat, ["strategy"]);
  const natStrategy = oneOf("natGateways.strategy", natStrategies, nat["strategy"]) ?? "None";
  // awsx's default is "Legacy", which lays subnets out otherwise; its own documents advise against it.
  oneOf("subnetStrategy", ["Auto"], inputs["subnetStrategy"]);
  const availabilityZoneNames = from.strings("availabilityZoneNames");
  const numberOfAvailabilityZones = from.number("numberOfAvailabilityZones");
  if (availabilityZoneNames !== undefined && numberOfAvailabilityZones !== undefined) {
    problems.push("availabilityZoneNames, numberOfAvailabilityZones: one of the two");
  }

  const subnetSpecs = from.objects("subnetSpecs")?.map((spec, index): SubnetSpec => {
    const path = `subnetSpecs[${index}]`;
    only(`${path}.`, spec, ["cidrMask", "name", "tags", "type"]);
    const of = reading<Properties>(spec);
    const [cidrMask, name, tags] = [of.number("cidrMask"), of.string("name"), of.stringMap("tags")];
    return {
      type: oneOf(`${path}.type`, subnetTypes, spec["type"]) ?? "Unused",
      ...(cidrMask === undefined ? {} : { cidrMask }),
      ...(name === undefined ? {} : { name }),
      ...(tags === undefined ? {} : { tags }),
    };
  });
  if (natStrategy !== "None" && subnetSpecs?.some(({ type }) => type === "Public") === false) {
    problems.push(`natGateways.strategy: ${natStrategy} needs a Public subnet for the gateway to stand in`);
  }

  const endpoints = (from.objects("vpcEndpointSpecs") ?? []).map((spec, index) => {
    only(`vpcEndpointSpecs[${index}].`, spec, endpointMembers);
    return { ...spec, serviceName: reading<Properties>(spec).requiredString("serviceName") };
  });

  if (problems.length > 0) throw new RangeError(problems.join("; "));
  const zoneMask = from.number("availabilityZoneCidrMask");
  return {
    cidrBlock: from.string("cidrBlock") ?? "10.0.0.0/16",
    ...(availabilityZoneNames === undefined ? {} : { availabilityZoneNames }),
    numberOfAvailabilityZones: numberOfAvailabilityZones ?? 3,
    ...(zoneMask === undefined ? {} : { availabilityZoneCidrMask: zoneMask }),
    natStrategy,
    ...(subnetSpecs === undefined ? {} : { subnetSpecs }),
    tags: tagsOf(inputs["tags"]),
    endpoints,
    passedOn: Object.fromEntries(Object.entries(inputs).filter(([name]) => passedOn.includes(name))),
  };
}

/** A tag's value may be secret or not known yet, since it is only passed on; the map itself may not. */
function tagsOf(tags: PropertyValue | undefined): Properties {
  if (tags === undefined || tags === null) return {};
  if (isObject(tags) && !isSecret(tags)) return tags;
  throw new RangeError("tags: the map as a whole is a secret or not known yet; let only its values be so");
}
