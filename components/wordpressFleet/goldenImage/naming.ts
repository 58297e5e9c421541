import { createHash } from "node:crypto";

/**
 * Identifies all images that one resource of one stack bakes, e.g. `wordpress/dev/wordpress-image`. A later run finds the
 * images and builders of earlier runs by it.
 */
export type ImageFamily = string;

/** Tag of images, snapshots and builders with their family. */
export const familyTag = "golden-image:family";
/** Tag of the same resources with the name of the image. */
export const nameTag = "golden-image:name";
/** Tag of an image that was replaced while servers still used it, with the time. */
export const supersededTag = "golden-image:superseded";

/** AMI names have at most 128 characters; the part after the family takes 22. */
const longestFamily = 100;

/** @param urn `urn:pulumi:STACK::PROJECT::TYPES::NAME` */
export function familyOf(urn: string): ImageFamily {
  const [stack = "", project = "", , name = ""] = urn.replace("urn:pulumi:", "").split("::");
  const family = [project, stack, name].join("/");
  if (family.length <= longestFamily) return family;
  const hash = createHash("sha256").update(family).digest("hex").slice(0, 12);
  return `${family.slice(0, longestFamily - hash.length - 1)}-${hash}`;
}

/** The image's name: unique for its content and base image. */
export function imageName(
  family: ImageFamily,
  { contentHash, baseImageId }: { readonly contentHash: string; readonly baseImageId: string },
): string {
  return `${family}/${contentHash.slice(0, 12)}-${baseImageId.slice(-8)}`;
}

/** Whether the tag comes from this provider or AWS, not from the program. */
export function isBookkeeping(tag: string): boolean {
  return tag.startsWith("golden-image:") || tag.startsWith("aws:");
}
