import { isResource, type AnyResource, type Token } from "../../resourceTypes";
import { judgeEach } from "../../unknown";

/** A property of a resource: its path and its value. */
export interface Property<Value> {
  readonly at: string;
  readonly value: Value;
}

/** A volume in a specification. */
export interface DeviceSpecification {
  readonly encrypted?: boolean | undefined;
  readonly iops?: number | undefined;
  readonly noDevice?: boolean | undefined;
  readonly volumeSize?: number | undefined;
  readonly volumeType?: string | undefined;
}

/** The settings of an instance that several types have under the same names. */
export interface InstanceSpecification {
  readonly associatePublicIpAddress?: boolean | undefined;
  readonly ebsBlockDevices?: readonly DeviceSpecification[] | undefined;
  readonly instanceType?: string | undefined;
  readonly ipv6AddressCount?: number | undefined;
  readonly ipv6Addresses?: readonly string[] | undefined;
  readonly keyName?: string | undefined;
  readonly launchTemplate?: object | undefined;
  readonly metadataOptions?: MetadataOptions | undefined;
  readonly networkInterfaces?: readonly object[] | undefined;
  readonly primaryNetworkInterface?: object | undefined;
  readonly rootBlockDevice?: DeviceSpecification | undefined;
  readonly rootBlockDevices?: readonly DeviceSpecification[] | undefined;
  readonly spotPrice?: string | undefined;
}

export interface MetadataOptions {
  readonly httpEndpoint?: string | undefined;
  readonly httpTokens?: string | undefined;
}

/** The types that have {@link InstanceSpecification}s. */
export const specificationTypes = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/spotFleetRequest:SpotFleetRequest",
] as const satisfies readonly Token[];

/** The specifications of a resource, with the beginning of the paths of their properties; none for other types. */
export function* specificationsOf(resource: AnyResource): Iterable<Property<InstanceSpecification>> {
  if (
    isResource(resource, "aws:ec2/instance:Instance") ||
    isResource(resource, "aws:ec2/spotInstanceRequest:SpotInstanceRequest") ||
    isResource(resource, "aws:ec2/launchConfiguration:LaunchConfiguration")
  ) {
    yield { at: "", value: resource.props };
  } else if (isResource(resource, "aws:ec2/spotFleetRequest:SpotFleetRequest")) {
    yield* judgeEach(resource.props.launchSpecifications ?? [], (value, index) => [
      { at: `launchSpecifications[${String(index)}].`, value },
    ]);
  }
}
