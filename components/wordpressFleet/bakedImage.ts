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

/**
 * Where the builder of the image runs; `undefined` when no image is baked.
 * @param subject the component with the argument `builderPlace`, for the error.
 * @throws InvalidSettingsError when the image must be baked and `builderPlace` is missing.
 */
export function settleBuilder(
  subject: string,
  { image }: FleetSettings,
  place: BuilderPlace | undefined,
): BuilderPlace | undefined {
  if (image.source !== "bake") return undefined;
  if (place !== undefined) return place;
  const allowed =
    "the place of the image builder, { subnetId, securityGroupId, publicAddress }; or another image";
  throw new InvalidSettingsError(subject, [{ path: "builderPlace", value: place, allowed }]);
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
      contentHash: contentHash(settings),
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
 */
function contentHash({ image, instanceType }: FleetSettings): string {
  const base = image.source === "bake" ? (image.debianAmiId ?? "newest") : "";
  const content = [serverFilesHash(), processorOf(instanceType), base].join(" ");
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
