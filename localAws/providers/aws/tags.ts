import type { Properties } from "./resourceType";
import { reading } from "./values";

/** A tag as most of AWS's APIs take it. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The `tags` property as a map; empty when left out. */
export function tagMap(properties: Properties): Record<string, string> {
  return reading<{ tags: unknown }>(properties).stringMap("tags") ?? {};
}

/** The `tags` property as AWS's list of keys and values. */
export function tagList(properties: Properties): Tag[] {
  return Object.entries(tagMap(properties)).map(([Key, Value]) => ({ Key, Value }));
}

/** The `tags` property for a request that creates; left out when there are none: some APIs refuse an empty list. */
export function newTagList(properties: Properties): Tag[] | undefined {
  const list = tagList(properties);
  return list.length === 0 ? undefined : list;
}

/** The same for an API that takes a map. */
export function newTagMap(properties: Properties): Record<string, string> | undefined {
  const map = tagMap(properties);
  return Object.keys(map).length === 0 ? undefined : map;
}

/** What is to be called so that the tags of `old` become those of `new`. */
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
 * The tags that AWS tells, as the SDK's `tags` and `tagsAll`; AWS's own (`aws:…`) are not ours to keep.
 * No tags at all read as a property left out.
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
