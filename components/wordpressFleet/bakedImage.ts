import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import { regionOf } from "../settings/account";
import { named } from "../settings/named";
import { InvalidSettingsError } from "../settings/problem";
import type { BuilderPlace } from "../shared/builderPlace";
import type { ServerImage } from "../shared/images";
import { processorOf } from "../shared/processors";
import { GoldenImage } from "./goldenImage/goldenImage";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";
import { serverFilesHash } from "./server/files";
import { readSiteContent } from "./siteContent/content";

/**
 * Where the builder of the image runs; `undefined` when no image is baked.
 * @param subject the component with the argument `builderPlace`, for the error.
 * @throws InvalidSettingsError when the image must be baked and `builderPlace` is missing, or when `site/` has content
 * and no image is baked.
 * @throws InvalidContentError when the content of `site/` has mistakes.
 */
export function settleBuilder(
  subject: string,
  { image }: FleetSettings,
  place: BuilderPlace | undefined,
): BuilderPlace | undefined {
  assertContentIsBaked(subject, image);
  if (image.source !== "bake") return undefined;
  if (place !== undefined) return place;
  const allowed =
    "the place of the image builder, { subnetId, securityGroupId, publicAddress }; or another image";
  throw new InvalidSettingsError(subject, [{ path: "builderPlace", value: place, allowed }]);
}

/** Checks the content of `site/`, and that there is an image that takes it. */
function assertContentIsBaked(subject: string, { source }: FleetSettings["image"]): void {
  if (readSiteContent() === undefined || source === "bake") return;
  const allowed =
    "bake, because the folder site/ has content, which only a baked image contains; or remove the files in site/";
  throw new InvalidSettingsError(subject, [{ path: "image.source", value: source, allowed }]);
}

/** The servers' own image. A builder instance bakes it from `base` and is then terminated. */
export function bakeImage(
  { name, tags, parent }: FleetScope,
  settings: FleetSettings,
  builder: BuilderPlace,
  base: ServerImage,
): GoldenImage {
  const imageName = `${name}-image`;
  const profile = new pulumi.Config("aws").get("profile");
  return new GoldenImage(
    imageName,
    {
      contentHash: contentHash(settings, readSiteContent()?.hash),
      baseImageId: base.imageId,
      rootDeviceName: base.rootDeviceName,
      instanceType: settings.instanceType,
      ...builder,
      region: regionOf(parent),
      ...(profile === undefined ? {} : { profile }),
      tags: named(imageName, tags),
    },
    { parent },
  );
}

/**
 * Another hash means another image. The base image counts only when a setting names its id: a newer Debian image is no
 * reason to replace all servers. The processor counts, because each architecture needs its own image.
 *
 * @param siteHash of the content of `site/`; default: it has none, and the hash is the same as without the folder.
 */
export function contentHash(
  { image, instanceType }: Pick<FleetSettings, "image" | "instanceType">,
  siteHash?: string,
): string {
  const base = image.source === "bake" ? (image.debianAmiId ?? "newest") : "";
  const parts = [serverFilesHash(), processorOf(instanceType), base];
  const content = [...parts, ...(siteHash === undefined ? [] : [siteHash])].join(" ");
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
