import * as pulumi from "@pulumi/pulumi";

import { imageById, newestDebian, type ServerImage } from "../shared/images";

/** The image with this id, or the newest Debian 13 for the instance type's processor. */
export function findServerImage(
  { amiId, instanceType }: { readonly amiId?: string | undefined; readonly instanceType: string },
  parent: pulumi.Resource,
): ServerImage {
  const need = { setting: "launcher.amiId", instanceType, parent };
  return imageById(amiId === undefined ? newestDebian(need) : pulumi.output(amiId), need);
}
