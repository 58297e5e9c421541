import { isSet } from "../../isSet";
import { required } from "../../required";
import { isResource, type AnyResource, type PropsOf, type Token } from "../../resourceTypes";
import { isOff, isOn } from "../../spelling";
import { judgeAll, judgeEach } from "../../unknown";
import { beanstalkOption, beanstalkTypes } from "./beanstalk";
import { specificationsOf, specificationTypes, type InstanceSpecification } from "./specifications";

/** A property that gives a server a public address, or leaves it to the subnet. */
export interface PublicAddress {
  readonly at: string;
  readonly value: unknown;
  readonly allowed: string;
}

/** The types that can give servers addresses. */
export const addressTypes = [
  ...specificationTypes,
  ...beanstalkTypes,
  "aws:batch/jobDefinition:JobDefinition",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/networkInterface:NetworkInterface",
  "aws:ecs/service:Service",
  "aws:ecs/taskSet:TaskSet",
  "aws:lightsail/instance:Instance",
  "aws:pipes/pipe:Pipe",
  "aws:scheduler/schedule:Schedule",
] as const satisfies readonly Token[];

/** The public addresses, IPv6 included, that a resource gives to servers. */
export function* publicAddressesOf(resource: AnyResource): Iterable<PublicAddress> {
  yield* judgeAll(specificationsOf(resource), ({ at, value }) => ofSpecification(at, value));
  if (isResource(resource, "aws:ec2/launchTemplate:LaunchTemplate")) {
    yield* ofTemplate(resource.props);
  } else if (isResource(resource, "aws:ec2/networkInterface:NetworkInterface")) {
    yield* ipv6(resource.props, "");
  } else if (isResource(resource, "aws:lightsail/instance:Instance")) {
    // Lightsail gives every instance a public address.
    yield { at: "its type", value: resource.type, allowed: "an instance of EC2" };
  }
  yield* ofTasks(resource);
  for (const { at, value } of beanstalkOption(resource, "aws:ec2:vpc", "AssociatePublicIpAddress")) {
    if (isOn(value.toLowerCase())) yield { at, value, allowed: '"false"' };
  }
}

/** In the JSON of a job, where no other member has this name. */
const fargateAddress = /"assignPublicIp"\s*:\s*"(\w+)"/i;

interface TaskNetwork {
  readonly networkConfiguration?: { readonly assignPublicIp?: boolean | undefined } | undefined;
}

/** Tasks of Fargate, whatever starts them. */
function* ofTasks(resource: AnyResource): Iterable<PublicAddress> {
  if (isResource(resource, "aws:ecs/service:Service") || isResource(resource, "aws:ecs/taskSet:TaskSet")) {
    yield* ofTask(resource.props, "");
  } else if (isResource(resource, "aws:cloudwatch/eventTarget:EventTarget")) {
    yield* ofTask(resource.props.ecsTarget, "ecsTarget.");
  } else if (isResource(resource, "aws:scheduler/schedule:Schedule")) {
    yield* ofTask(required(resource.props.target, "target").ecsParameters, "target.ecsParameters.");
  } else if (isResource(resource, "aws:pipes/pipe:Pipe")) {
    const parameters = resource.props.targetParameters?.ecsTaskParameters;
    const value = parameters?.networkConfiguration?.awsVpcConfiguration?.assignPublicIp;
    const at = "targetParameters.ecsTaskParameters.networkConfiguration.awsVpcConfiguration.assignPublicIp";
    if (value === "ENABLED") yield { at, value, allowed: "DISABLED" };
  } else if (isResource(resource, "aws:batch/jobDefinition:JobDefinition")) {
    const { containerProperties } = resource.props;
    const at = "containerProperties.networkConfiguration.assignPublicIp";
    const value = fargateAddress.exec(containerProperties ?? "")?.[1];
    if (value === "ENABLED") yield { at, value, allowed: "DISABLED" };
  }
}

function* ofTask(task: TaskNetwork | undefined, at: string): Iterable<PublicAddress> {
  const value = task?.networkConfiguration?.assignPublicIp;
  if (isOn(value)) yield { at: `${at}networkConfiguration.assignPublicIp`, value, allowed: "false" };
}

function* ofSpecification(at: string, specification: InstanceSpecification): Iterable<PublicAddress> {
  yield* judgeEach([ipv4OfSpecification, ipv6], (judge) => judge(specification, at));
}

function* ipv4OfSpecification(specification: InstanceSpecification, at: string): Iterable<PublicAddress> {
  const value = specification.associatePublicIpAddress;
  if (isOff(value)) return;
  // A template sets what the instance does not; an interface of its own has no such setting.
  const isElsewhere = ["launchTemplate", "networkInterfaces", "primaryNetworkInterface"].some((property) =>
    isSet(specification, property),
  );
  if (isOn(value) || !isElsewhere) yield { at: `${at}associatePublicIpAddress`, value, allowed: "false" };
}

function* ofTemplate({
  networkInterfaces = [],
}: PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">): Iterable<PublicAddress> {
  if (networkInterfaces.length === 0) yield ofInterface(0, undefined);
  yield* judgeEach(networkInterfaces, function* (one, index) {
    yield* judgeEach([ipv4OfInterface, ipv6], (judge) => judge(one, `networkInterfaces[${String(index)}].`));
    if (isOn(one.associateCarrierIpAddress)) {
      const at = `networkInterfaces[${String(index)}].associateCarrierIpAddress`;
      yield { at, value: one.associateCarrierIpAddress, allowed: '"false"' };
    }
  });
}

type TemplateInterface = NonNullable<
  PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">["networkInterfaces"]
>[number];

function* ipv4OfInterface(one: TemplateInterface, at: string): Iterable<PublicAddress> {
  if (isSet(one, "networkInterfaceId")) return;
  const value = one.associatePublicIpAddress;
  // AWS assigns addresses by the subnet's default only to the first interface.
  const isJudged = (one.deviceIndex ?? 0) === 0 ? !isOff(value) : isOn(value);
  if (isJudged) yield { at: `${at}associatePublicIpAddress`, value, allowed: '"false"' };
}

function ofInterface(index: number, value: unknown): PublicAddress {
  const at = `networkInterfaces[${String(index)}].associatePublicIpAddress`;
  return { at, value, allowed: '"false"' };
}

/** Properties that give IPv6 addresses, which are all public. */
const ipv6Properties = [
  ...["ipv6AddressCount", "ipv6Addresses", "ipv6AddressLists", "ipv6PrefixCount", "ipv6Prefixes"],
  ...["primaryIpv6", "enablePrimaryIpv6"],
];

function* ipv6(props: object, at: string): Iterable<PublicAddress> {
  yield* judgeEach(ipv6Properties, function* (property) {
    const value: unknown = Reflect.get(props, property);
    const givesOne = Array.isArray(value) ? value.length > 0 : isOn(value) || Number(value ?? 0) > 0;
    if (givesOne) yield { at: `${at}${property}`, value, allowed: "no IPv6 address" };
  });
}
