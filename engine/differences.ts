import { isDeepStrictEqual } from "node:util";

/** One value that an operation changes, or would change. */
export interface Difference {
  /** Nested properties by their path, e.g. `targetTrackingConfiguration.targetValue` or `tags["a.b"]`. */
  readonly property: string;
  /** Missing when the property is added; `[secret]` in place of a secret. */
  readonly old?: unknown;
  /** Missing when the property is removed, and in place of what only the update will know: `[not known yet]`. */
  readonly new?: unknown;
}

/** A resource's state in one of the engine's events. */
interface State {
  readonly inputs?: Readonly<Record<string, unknown>> | null | undefined;
  readonly outputs?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The engine's report of a resource that it changes. */
export interface Comparison {
  readonly old?: State | null | undefined;
  readonly new?: State | null | undefined;
  /** The properties that differ, as the engine or a provider found. */
  readonly properties: readonly string[];
}

type Path = readonly string[];

/** Inputs that the provider adds by itself, not the program. */
const derived: ReadonlySet<string> = new Set(["tagsAll", "__defaults"]);

/** Compares a resource's old and new values, down to the values themselves. */
export function differencesOf({ old, new: now, properties }: Comparison): readonly Difference[] {
  const oldInputs = old?.inputs ?? {};
  const newInputs = now?.inputs ?? {};
  // A provider may report a difference without naming the property.
  const names = properties.length > 0 ? properties : namesIn(oldInputs, newInputs);
  return names.flatMap((name) => {
    const path = pathOf(name);
    const [before, after] = [valueAt(oldInputs, path), valueAt(newInputs, path)];
    if (!isDeepStrictEqual(before, after)) return leaves(path, before, after);
    // Two different secrets look equal here, but the engine has compared them.
    if (properties.length > 0 && readable(after) === secretText) {
      return [{ property: propertyText(path), old: secretText, new: secretText }];
    }
    // The inputs are equal: the resource was changed outside Pulumi.
    const [was, is] = [valueAt(old?.outputs ?? {}, path), valueAt(now?.outputs ?? {}, path)];
    return leaves(path, was, after === undefined || isDeepStrictEqual(was, after) ? is : after);
  });
}

function namesIn(old: object, now: object): readonly string[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !derived.has(name));
}

function leaves(path: Path, old: unknown, now: unknown): readonly Difference[] {
  const [before, after] = [readable(old), readable(now)];
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) {
    return listDifferences(path, before, after);
  }
  const keys = commonKeys(before, after);
  if (keys === undefined) {
    return [
      {
        property: propertyText(path),
        ...(before === undefined ? {} : { old: before }),
        ...(after === undefined ? {} : { new: after }),
      },
    ];
  }
  return keys.flatMap((key) => leaves([...path, key], memberOf(before, key), memberOf(after, key)));
}

/** The elements that only one of two lists has: a moved element is no difference. */
function listDifferences(
  path: Path,
  old: readonly unknown[],
  now: readonly unknown[],
): readonly Difference[] {
  const entry = (index: number) => propertyText([...path, String(index)]);
  const removed = without(old, now).map((index) => ({ property: entry(index), old: old[index] }));
  const added = without(now, old).map((index) => ({ property: entry(index), new: now[index] }));
  return [...removed, ...added];
}

/** The indexes of elements that the other list does not have, each counted once. */
function without(list: readonly unknown[], other: readonly unknown[]): readonly number[] {
  const rest = [...other];
  return [...list.keys()].filter((index) => {
    const found = rest.findIndex((each) => isDeepStrictEqual(each, list[index]));
    if (found >= 0) rest.splice(found, 1);
    return found < 0;
  });
}

/** The keys of two maps, or the indexes of two lists; `undefined` when the two values have different kinds. */
function commonKeys(one: unknown, other: unknown): readonly string[] | undefined {
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return undefined;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

/** Marks Pulumi's special values; the mark's value is the kind. */
const specialMark = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const referenceMark = "5cf8f73096256a8f31e491e813e4eb8e";
/** Pulumi's placeholder for a text that only the update will know; other types have other placeholders. */
const unknownTexts: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const secretText = "[secret]";

/** A value in readable form: without secrets and Pulumi's marks. */
function readable(value: unknown): unknown {
  if (unknownTexts.has(value)) return "[not known yet]";
  if (Array.isArray(value)) return value.map(readable);
  if (!isObject(value)) return value;
  const mark = memberOf(value, specialMark);
  if (mark === secretMark) return secretText;
  if (mark === referenceMark) return memberOf(value, "id") ?? memberOf(value, "urn");
  const hash = memberOf(value, "hash");
  if (mark !== undefined && typeof hash === "string") return `[file ${hash.slice(0, 12)}]`;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readable(each)]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function memberOf(value: unknown, key: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  const member: unknown = Reflect.get(value, key);
  return member;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(memberOf, value);
}

/** `a.b[0]["c.d"]` as its parts. */
function pathOf(property: string): Path {
  return [...property.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[]+)/g)].map(
    ([, index, quoted, name]) => index ?? quoted?.replaceAll(/\\(.)/g, "$1") ?? name ?? "",
  );
}

function propertyText(path: Path): string {
  return path
    .map((key, index) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      if (!/^[\w:/@-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}
