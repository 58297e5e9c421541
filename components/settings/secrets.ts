import type { Config } from "./namespace";
import type { Problem } from "./problem";

/** The encrypted values of a stack's file, which only the stack's own key can read, by their paths. */
export function encryptedPaths(config: Config): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) => pathsIn(value, key.replace(/^wordpress:/, "")));
}

function pathsIn(value: unknown, path: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("secure" in value) return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, `${path}.${key}`));
}

/** The same as problems, where no key is at hand; other problems of the same values are left out. */
export function withoutEncrypted(problems: readonly Problem[], config: Config): readonly Problem[] {
  const encrypted = encryptedPaths(config);
  const isBelow = (path: string) => encrypted.some((each) => path === each || path.startsWith(`${each}.`));
  return [
    ...encrypted.map((path) => ({ path, value: "[encrypted]", allowed })),
    ...problems.filter(({ path }) => !isBelow(path)),
  ];
}

const allowed =
  "a plain value, as only the stack's own key decrypts this one: copy the file under another name with plain values";
