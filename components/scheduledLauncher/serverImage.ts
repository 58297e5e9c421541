import * as pulumi from "@pulumi/pulumi";

import { imageById, newestDebian, type ServerImage } from "../settings/images";

/** The image of that id, or the newest Debian 13 for the instance type's processor. */
export function findServerImage(
  { amiId, instanceType }: { readonly amiId?: string | undefined; readonly instanceType: string },
  parent: pulumi.Resource,
): ServerImage {
  const need = { setting: "launcher.amiId", parent };
  return imageById(
    amiId === undefined ? newestDebian(processorOf(instanceType), need) : pulumi.output(amiId),
    need,
  );
}

/** AWS's types with a g after the generation's number are Graviton: t4g, m7g, c7gn. */
export function processorOf(instanceType: string): "amd64" | "arm64" {
  return /^(?:[a-z]+\d+g|a1)/.test(instanceType) ? "arm64" : "amd64";
}
