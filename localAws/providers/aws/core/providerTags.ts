import { z } from "zod";

import { hasUnknown, unknown } from "../../protocol/special";
import type { AnyResourceType, Properties, PropertyValue } from "../resourceType";
import { isObject } from "../values";

/**
 * The tags that a provider adds to every resource (`aws:defaultTags`) and those that it ignores (`aws:ignoreTags`), from
 * the stack's configuration or an explicit provider's arguments.
 *
 * As in the official provider, a resource's `tags` are the program's, and `tagsAll` are AWS's. The resource's own tags
 * override the defaults. Tags that are not a map get no defaults: those of an Auto Scaling group, and the tag
 * specifications of a launch template.
 * Source: provider/tags.go of github.com/pulumi/pulumi-aws, internal/tags/key_value_tags.go of terraform-provider-aws.
 */
export interface ProviderTags {
  readonly defaults: Properties;
  readonly ignoredKeys: readonly string[];
  readonly ignoredPrefixes: readonly string[];
}

export const noProviderTags: ProviderTags = { defaults: {}, ignoredKeys: [], ignoredPrefixes: [] };

/** @param config as the engine passes it: `aws:config:defaultTags` is JSON */
export function readProviderTags(config: ReadonlyMap<string, string>): ProviderTags {
  const { keys, keyPrefixes } = configured(config, "ignoreTags");
  return {
    defaults: configured(config, "defaultTags").tags ?? {},
    ignoredKeys: keys ?? [],
    ignoredPrefixes: keyPrefixes ?? [],
  };
}

/** The inputs with `tagsAll`: the program's tags override the provider's. */
export function withTagsAll(type: AnyResourceType, inputs: Properties, provider: ProviderTags): Properties {
  if (!hasTagMap(type)) return inputs;
  const own = inputs["tags"] ?? {};
  const tagsAll = hasUnknown(own) ? unknown : without(provider, { ...provider.defaults, ...objectOf(own) });
  return { ...inputs, tagsAll };
}

/**
 * The properties with all tags as `tags`, as the resource types send and compare them. The program's tags are read again,
 * as a policy may have added some after `tagsAll` was computed.
 */
export function asMade(type: AnyResourceType, properties: Properties, provider: ProviderTags): Properties {
  const { tagsAll, ...made }: Record<string, PropertyValue> = properties;
  if (!hasTagMap(type) || tagsAll === undefined) return properties;
  const own = made["tags"] ?? {};
  Reflect.deleteProperty(made, "tags");
  if (!isObject(tagsAll) || !isObject(own)) return { ...made, tags: unknown };
  const all = without(provider, { ...tagsAll, ...own });
  return Object.keys(all).length === 0 ? made : { ...made, tags: all };
}

/** The reverse: `tags` of the program, with those that were added outside of Pulumi, and all tags as `tagsAll`. */
export function asProgrammed(
  type: AnyResourceType,
  made: Properties,
  own: PropertyValue | undefined,
  provider: ProviderTags,
): Properties {
  if (!hasTagMap(type)) return made;
  const { tags: all = {}, ...untagged } = made;
  if (!isObject(all)) {
    // Not known yet.
    return { ...untagged, ...(own === undefined ? {} : { tags: own }), tagsAll: all };
  }
  const tagsAll = without(provider, all);
  const given = own === undefined ? {} : objectOf(own);
  const tags = Object.fromEntries(
    Object.entries(tagsAll).filter(([key, value]) => key in given || provider.defaults[key] !== value),
  );
  return { ...untagged, ...(Object.keys(tags).length === 0 ? {} : { tags }), tagsAll };
}

function hasTagMap({ properties: { tags } }: AnyResourceType): boolean {
  return tags !== undefined && tags.nested === undefined;
}

function without({ ignoredKeys, ignoredPrefixes }: ProviderTags, tags: Properties): Properties {
  return Object.fromEntries(
    Object.entries(tags).filter(
      ([key]) => !ignoredKeys.includes(key) && !ignoredPrefixes.some((prefix) => key.startsWith(prefix)),
    ),
  );
}

const tagConfiguration = z.object({
  // `pulumi config set --path` writes 42 as a number. The official provider converts it to a string.
  tags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
  keys: z.array(z.string()).nullish(),
  keyPrefixes: z.array(z.string()).nullish(),
});

function configured(config: ReadonlyMap<string, string>, name: string): z.output<typeof tagConfiguration> {
  const text = config.get(`aws:config:${name}`);
  if (text === undefined || text === "") return {};
  const parsed = tagConfiguration.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`aws:${name}: ${text} is invalid: ${z.prettifyError(parsed.error)}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses the text with its own message.
    return text;
  }
}

function objectOf(value: PropertyValue | undefined): Properties {
  return value !== undefined && isObject(value) ? value : {};
}
