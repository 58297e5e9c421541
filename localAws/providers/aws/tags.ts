import type { Properties } from "./resourceType";
import { reading } from "./values";

/** A tag in most of AWS's APIs. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The `tags` property as a map; empty if omitted. */
export function tagMap(properties: Properties): Record<string, string> {
  return reading<{ tags: unknown }>(properties).stringMap("tags") ?? {};
}

/** The `tags` property as AWS's list of keys and values. */
export function tagList(properties: Properties): Tag[] {
  return Object.entries(tagMap(properties)).map(([Key, Value]) => ({ Key, Value }));
}

/** The `tags` property for a create request; omitted without tags, as some APIs refuse an empty list. */
export function newTagList(properties: Properties): Tag[] | undefined {
  const list = tagList(properties);
  return list.length === 0 ? undefined : list;
}

/** The same for an API with a map of tags. */
export function newTagMap(properties: Properties): Record<string, string> | undefined {
  const map = tagMap(properties);
  return Object.keys(map).length === 0 ? undefined : map;
}

/** The tags to add and to remove so that the tags of `old` become those of `new`. */
export function tagChange(
  old: Properties,
  wanted: Properties,
): { readonly set: Tag[]; readonly remove: string[] } {
  const before = tagMap(old);
  const after = tagMap(wanted);
  return {
    set: tagList(wanted).filter(({ Key, Value }) => before[Key] !== Value),
    remove: Object.keys(before).filter((key) => !(key in after)),
  };
}

/**
 * The tags that AWS returns, as the SDK's `tags` and `tagsAll`, without AWS's own (`aws:…`). Without tags, the property is
 * omitted.
 */
export function tagProperties(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): { readonly tags: Record<string, string> | undefined; readonly tagsAll: Record<string, string> } {
  const map: Record<string, string> = {};
  for (const { Key, Value } of tags ?? []) {
    if (Key !== undefined && !Key.startsWith("aws:")) map[Key] = Value ?? "";
  }
  return { tags: Object.keys(map).length === 0 ? undefined : map, tagsAll: map };
}
