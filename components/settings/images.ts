import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lookUp } from "./lookUp";

/** An image that servers start from. */
export interface ServerImage {
  readonly imageId: pulumi.Output<string>;
  /** The device that the image boots from; a disk under another name would be a second one. */
  readonly rootDeviceName: pulumi.Output<string>;
}

/** What asks for an image. */
export interface ImageNeed {
  /** The setting that names an image, e.g. `launcher.amiId`. */
  readonly setting: string;
  readonly parent: pulumi.Resource;
}

/**
 * The id of the newest Debian 13, by AWS's public parameter, which Debian's cloud team keeps.
 * @see https://wiki.debian.org/Cloud/AmazonEC2Image/Trixie
 */
export function newestDebian(
  processor: "amd64" | "arm64",
  { setting, parent }: ImageNeed,
): pulumi.Output<string> {
  const name = `/aws/service/debian/release/13/latest/${processor}`;
  const need = `The region's public SSM parameter ${name} has no Debian image. Set ${setting} to the id of a Debian 13 AMI of the region.`;
  return pulumi.output(lookUp(need, aws.ssm.getParameter({ name }, { parent }))).insecureValue;
}

/** The image with what its servers need to know of it. */
export function imageById(imageId: pulumi.Output<string>, { setting, parent }: ImageNeed): ServerImage {
  const image = imageId.apply((id) => {
    const need = `The AMI ${id} must exist in the region, and this account must be allowed to use it. Set ${setting} to the id of another AMI.`;
    return lookUp(need, aws.ec2.getAmi({ filters: [{ name: "image-id", values: [id] }] }, { parent }));
  });
  return { imageId, rootDeviceName: image.rootDeviceName };
}
