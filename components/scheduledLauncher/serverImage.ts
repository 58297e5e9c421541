import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The image of the servers that are launched. */
export interface ServerImage {
  readonly id: pulumi.Output<string>;
  /** Name of its root volume, which a launch must name to have it encrypted. */
  readonly rootDeviceName: pulumi.Output<string>;
}

/** The image of that id, or the newest Debian 13 for the instance type's processor, by AWS's public parameter. */
export function findServerImage(
  { amiId, instanceType }: { readonly amiId?: string | undefined; readonly instanceType: string },
  options: pulumi.InvokeOutputOptions,
): ServerImage {
  const id = amiId === undefined ? newestDebian(instanceType, options) : pulumi.output(amiId);
  const { rootDeviceName } = aws.ec2.getAmiOutput({ filters: [{ name: "image-id", values: [id] }] }, options);
  return { id, rootDeviceName };
}

function newestDebian(instanceType: string, options: pulumi.InvokeOutputOptions): pulumi.Output<string> {
  const name = `/aws/service/debian/release/13/latest/${processorOf(instanceType)}`;
  return aws.ssm.getParameterOutput({ name }, options).insecureValue;
}

/** AWS's types with a g after the generation's number are Graviton: t4g, m7g, c7gn. */
export function processorOf(instanceType: string): "amd64" | "arm64" {
  return /^(?:[a-z]+\d+g|a1)/.test(instanceType) ? "arm64" : "amd64";
}
