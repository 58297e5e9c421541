import * as pulumi from "@pulumi/pulumi";

import type { BuilderPlace } from "../shared/builderPlace";
import { imageById, newestDebian, type ServerImage } from "../shared/images";
import { bakeImage } from "./bakedImage";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/** The image that servers start from: looked up before anything is made, and baked from what was found if asked. */
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
 * Whether the template keeps the image it was made with. Debian publishes a new one every few weeks, and
 * whoever changes a tag does not expect that all servers are replaced. A new image is asked for by its id.
 */
export function keepsFirstImage(image: FleetSettings["image"]): boolean {
  return image.source === "bootstrap" && image.debianAmiId === undefined;
}

/** The image that the settings name by its id; `undefined` when it is Debian's newest. */
export function namedImageId(image: FleetSettings["image"]): string | undefined {
  return image.source === "existing" ? image.amiId : image.debianAmiId;
}

/** The setting that names the image by its id. */
export function idSettingOf({ source }: FleetSettings["image"]): string {
  return source === "existing" ? "amiId" : "debianAmiId";
}
