import * as pulumi from "@pulumi/pulumi";

import { imageById, newestDebian, type ServerImage } from "../settings/images";
import { bakeImage, type BuilderPlace } from "./bakedImage";
import type { Family } from "./family";
import type { FleetSettings } from "./settings";

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
  return imageById(imageIdOf(image, parent), { setting: `fleet.image.${idSettingOf(image)}`, parent });
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
  return newestDebian("amd64", { setting: `fleet.image.${idSettingOf(image)}`, parent });
}

/** The setting that names the image by its id. */
function idSettingOf({ source }: FleetSettings["image"]): string {
  return source === "existing" ? "amiId" : "debianAmiId";
}
