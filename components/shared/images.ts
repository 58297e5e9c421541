import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lookUp } from "../settings/lookUp";
import { InvalidSettingsError, type Problem } from "../settings/problem";
import { architectureOf, processorOf } from "./processors";

/** An image that servers start from. */
export interface ServerImage {
  readonly imageId: pulumi.Output<string>;
  /** The root device's name. A block device mapping with another name would add a second disk. */
  readonly rootDeviceName: pulumi.Output<string>;
}

/** The setting and the servers that need an image. */
export interface ImageNeed {
  /** The setting that names an image, e.g. `launcher.amiId`. */
  readonly setting: string;
  /** Of the servers that start from it: the image must be of its architecture. */
  readonly instanceType: string;
  readonly parent: pulumi.Resource;
}

/**
 * The id of the newest Debian 13 for the instance type's processor, by AWS's public parameter, which Debian's cloud
 * team keeps.
 * @see https://wiki.debian.org/Cloud/AmazonEC2Image/Trixie
 */
export function newestDebian({ setting, instanceType, parent }: ImageNeed): pulumi.Output<string> {
  const name = `/aws/service/debian/release/13/latest/${processorOf(instanceType)}`;
  const need = `The region's public SSM parameter ${name} has no Debian image. Set ${setting} to the id of a Debian 13 AMI of the region.`;
  return pulumi.output(lookUp(need, aws.ssm.getParameter({ name }, { parent }))).insecureValue;
}

/** The image's id and root device. Both values pass through the check of the image's architecture. */
export function imageById(imageId: pulumi.Output<string>, need: ImageNeed): ServerImage {
  const image = imageId.apply(async (id) => {
    const { architecture, rootDeviceName } = await findImage(id, need);
    const problem = architectureProblem(id, architecture, need);
    if (problem !== undefined) throw new InvalidSettingsError("The image of the servers", [problem]);
    return { id, rootDeviceName };
  });
  return { imageId: image.id, rootDeviceName: image.rootDeviceName };
}

/** An image that a setting names. */
export interface NamedImage extends Omit<ImageNeed, "parent"> {
  readonly amiId: string;
}

/** The problems of an image that a setting names. Call it before anything is registered. */
export async function namedImageProblems(named: NamedImage): Promise<readonly Problem[]> {
  const { architecture } = await findImage(named.amiId, named);
  const problem = architectureProblem(named.amiId, architecture, named);
  return problem === undefined ? [] : [problem];
}

async function findImage(
  id: string,
  { setting, parent }: Pick<ImageNeed, "setting"> & { readonly parent?: pulumi.Resource },
): Promise<aws.ec2.GetAmiResult> {
  const need = `The AMI ${id} must exist in the region, and this account must be allowed to use it. Set ${setting} to the id of another AMI.`;
  const options = parent === undefined ? {} : { parent };
  return lookUp(need, aws.ec2.getAmi({ filters: [{ name: "image-id", values: [id] }] }, options));
}

function architectureProblem(
  id: string,
  architecture: string,
  { setting, instanceType }: Pick<ImageNeed, "setting" | "instanceType">,
): Problem | undefined {
  const wanted = architectureOf[processorOf(instanceType)];
  if (architecture === wanted) return undefined;
  const allowed = `an AMI for ${wanted}, as ${instanceType} is (${id} is for ${architecture}); or an instance type for ${architecture}`;
  return { path: setting, value: id, allowed };
}
