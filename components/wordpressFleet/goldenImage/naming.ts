import { createHash } from "node:crypto";

/**
 * All images that one resource of one stack ever bakes, e.g. `wordpress/dev/wordpress-image`: by it a later run
 * finds what an earlier one left.
 */
export type ImageFamily = string;

/** On images, their snapshots and the builder: whose they are. */
export const familyTag = "golden-image:family";
/** On the same: the name of the image that they are, or are to be. */
export const nameTag = "golden-image:name";
/** On an image that another one took the place of while servers still used it: since when. */
export const supersededTag = "golden-image:superseded";

/** AMI names have 128 characters; a name's own part takes 22. */
const longestFamily = 100;

/** @param urn `urn:pulumi:STACK::PROJECT::TYPES::NAME` */
export function familyOf(urn: string): ImageFamily {
  const [stack = "", project = "", , name = ""] = urn.replace("urn:pulumi:", "").split("::");
  const family = [project, stack, name].join("/");
  if (family.length <= longestFamily) return family;
  const hash = createHash("sha256").update(family).digest("hex").slice(0, 12);
  return `${family.slice(0, longestFamily - hash.length - 1)}-${hash}`;
}

/** The image's name: the same for the same content on the same base, and for no other. */
export function imageName(
  family: ImageFamily,
  { contentHash, baseImageId }: { readonly contentHash: string; readonly baseImageId: string },
): string {
  return `${family}/${contentHash.slice(0, 12)}-${baseImageId.slice(-8)}`;
}

/** A tag of ours, or one that AWS gave: nothing that the program asked for. */
export function isBookkeeping(tag: string): boolean {
  return tag.startsWith("golden-image:") || tag.startsWith("aws:");
}
