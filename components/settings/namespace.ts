import { distance } from "fastest-levenshtein";

import { awsKeys } from "./awsKeys";
import { nearest } from "./nearest";
import type { Problem } from "./problem";

/** The namespace of the settings in a stack's file, e.g. `wordpress:fleet`, whatever the project is called. */
export const namespace = "wordpress";

/** Namespaces of Pulumi and of the packages that the program uses. Their keys are not checked here. */
const foreign: ReadonlySet<string> = new Set(["pulumi", "aws", "awsx"]);

/** The largest edit distance of a misspelt namespace. */
const likely = 3;

/** Replaces a value that may be a secret. */
const notShown = "[not shown]";

/** The keys and values of a stack's file. */
export type Config = Readonly<Record<string, unknown>>;

/** The settings of a stack's file by group (`network`, `fleet`, ...), without checks. */
export function settingsIn(config: Config): Readonly<Record<string, unknown>> {
  const ours = Object.entries(config).flatMap(([key, value]) => {
    const { owner, name } = partsOf(key);
    return owner === namespace ? [[name, value] as const] : [];
  });
  return Object.fromEntries(ours);
}

/**
 * Keys that look like settings, but that the program does not read: in the project's namespace, which `pulumi config
 * set` uses by default, in a misspelt namespace, or set without `--path`.
 * @param groups the names that a setting can have.
 */
export function misplacedKeys(
  config: Config,
  groups: readonly string[],
  project: string,
): readonly Problem[] {
  return Object.keys(config).flatMap((key) => {
    const { owner, name } = partsOf(key);
    const wanted = misspeltAwsKey(owner, name);
    if (wanted !== undefined) return [{ path: key, value: notShown, allowed: `did you mean ${wanted}?` }];
    const [group = "", ...rest] = name.split(".");
    const isGroup = groups.includes(group);
    if (owner === namespace) {
      if (distance(name, namespace) <= 1) return [{ path: key, value: notShown, allowed: flatKeys(groups) }];
      if (!isGroup || rest.length === 0) return [];
      const allowed = `a path: remove this key (pulumi config rm ${key}), then pulumi config set --path ${key} VALUE`;
      return [{ path: key, value: notShown, allowed }];
    }
    if (foreign.has(owner) || !(isGroup || owner === project || isLikeOurs(owner))) return [];
    const near = nearest(group, groups);
    const known = groups.map((each) => `${namespace}:${each}`).join(", ");
    const allowed = isGroup
      ? `${namespace}:${name}`
      : near === undefined
        ? `one of ${known}`
        : `${namespace}:${[near, ...rest].join(".")}`;
    return [{ path: key, value: notShown, allowed: `${allowed}, whatever the project is called` }];
  });
}

/** The right form of a file that has `wordpress:` with the groups nested in it. */
function flatKeys(groups: readonly string[]): string {
  const keys = groups.map((each) => `${namespace}:${each}`).join(", ");
  return `keys of one level, ${keys}, each with its own settings below`;
}

/** The key of the aws provider that a misspelt key means. The provider ignores an unknown key without a message. */
function misspeltAwsKey(owner: string, name: string): string | undefined {
  const known = (each: string) => awsKeys.includes(each);
  if (owner === "aws") {
    const near = known(name) ? undefined : nearest(name, awsKeys);
    return near === undefined ? undefined : `aws:${near}`;
  }
  return distance(owner.toLowerCase(), "aws") <= 1 && !foreign.has(owner) && known(name)
    ? `aws:${name}`
    : undefined;
}

function partsOf(key: string): { readonly owner: string; readonly name: string } {
  const end = key.indexOf(":");
  return { owner: key.slice(0, Math.max(end, 0)), name: key.slice(end + 1) };
}

function isLikeOurs(owner: string): boolean {
  return distance(owner.toLowerCase(), namespace) <= likely;
}
