import * as pulumi from "@pulumi/pulumi";

import type { BuilderPlace } from "../shared/builderPlace";
import { imageById, newestDebian, type ServerImage } from "../shared/images";
import { bakeImage } from "./bakedImage";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/** The image that servers start from: found by a lookup, and with `source: bake` baked from that one. */
export function createImage(
  scope: FleetScope,
  settings: FleetSettings,
  builder: BuilderPlace | undefined,
): ServerImage {
  const found = findImage(settings, scope.parent);
  if (builder === undefined) return found;
  return { ...found, imageId: bakeImage(scope, settings, builder, found).id };
}

function findImage({ image, instanceType }: FleetSettings, parent: pulumi.Resource): ServerImage {
  const need = { setting: `fleet.image.${idSettingOf(image)}`, instanceType, parent };
  const named = namedImageId(image);
  return imageById(named === undefined ? newestDebian(need) : pulumi.output(named), need);
}

/**
 * Whether the launch template keeps its first image. Debian publishes a new image every few weeks, and a user who
 * changes a tag does not expect that all servers are replaced. `debianAmiId` selects a new image.
 */
export function keepsFirstImage(image: FleetSettings["image"]): boolean {
  return image.source === "bootstrap" && image.debianAmiId === undefined;
}

/** The id of the image that the settings name; `undefined` for the newest Debian image. */
export function namedImageId(image: FleetSettings["image"]): string | undefined {
  return image.source === "existing" ? image.amiId : image.debianAmiId;
}

/** The setting that contains the image's id. */
export function idSettingOf({ source }: FleetSettings["image"]): string {
  return source === "existing" ? "amiId" : "debianAmiId";
}
