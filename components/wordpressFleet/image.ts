import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bakeImage, type BuilderPlace } from "./bakedImage";
import type { Family } from "./family";
import type { FleetSettings } from "./settings";

/**
 * AWS's public parameter with Debian 13's newest image for x86-64, kept by Debian's cloud team.
 * @see https://wiki.debian.org/Cloud/AmazonEC2Image/Trixie
 */
const newestDebianParameter = "/aws/service/debian/release/13/latest/amd64";

/** What servers start from. */
export interface ServerImage {
  readonly imageId: pulumi.Output<string>;
  /** The device that the image boots from; a disk under another name would be a second one. */
  readonly rootDeviceName: pulumi.Output<string>;
}

/** The image that servers start from: looked up before anything is made, and baked from what was found if asked. */
export function createImage(
  family: Family,
  settings: FleetSettings,
  builder: BuilderPlace | undefined,
): ServerImage {
  const found = findImage(settings.image, family.parent);
  if (builder === undefined) return found;
  return { ...found, imageId: bakeImage(family, settings, builder, found).id };
}

function findImage(image: FleetSettings["image"], parent: pulumi.Resource): ServerImage {
  const imageId = imageIdOf(image, parent);
  const { rootDeviceName } = aws.ec2.getAmiOutput(
    { filters: [{ name: "image-id", values: [imageId] }] },
    { parent },
  );
  return { imageId, rootDeviceName };
}

/**
 * Whether the template keeps the image it was made with. Debian publishes a new one every few weeks, and
 * whoever changes a tag does not expect that all servers are replaced. A new image is asked for by its id.
 */
export function keepsFirstImage(image: FleetSettings["image"]): boolean {
  return image.source === "bootstrap" && image.debianAmiId === undefined;
}

function imageIdOf(image: FleetSettings["image"], parent: pulumi.Resource): pulumi.Output<string> {
  if (image.source === "existing") return pulumi.output(image.amiId);
  if (image.debianAmiId !== undefined) return pulumi.output(image.debianAmiId);
  return aws.ssm.getParameterOutput({ name: newestDebianParameter }, { parent }).insecureValue;
}
