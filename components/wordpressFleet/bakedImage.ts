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
 * Where the image is baked; `undefined` when it is not.
 * @param subject whose argument `builderPlace` is, for the reader of an error.
 * @throws InvalidSettingsError when it is to be baked and nobody says where.
 */
export function settleBuilder(
  subject: string,
  { image }: FleetSettings,
  place: BuilderPlace | undefined,
): BuilderPlace | undefined {
  if (image.source !== "bake") return undefined;
  if (place !== undefined) return place;
  const allowed = "where the image is baked, { subnetId, securityGroupId, publicAddress }; or another image";
  throw new InvalidSettingsError(subject, [{ path: "builderPlace", value: place, allowed }]);
}

/** The servers' own image, baked from `base` by a builder that is gone afterwards. */
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
 * Another hash is another image. A Debian image belongs to it only when it was asked for by its id: a newer one of
 * Debian's is no reason to replace all servers. An instance type of another processor needs another image.
 */
function contentHash({ image, instanceType }: FleetSettings): string {
  const base = image.source === "bake" ? (image.debianAmiId ?? "newest") : "";
  const content = [serverFilesHash(), processorOf(instanceType), base].join(" ");
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
