/** Settings whose value is one of several kinds: a mix of two kinds would be invalid. */
const whole: ReadonlySet<string> = new Set(["image"]);

/** Merges settings by name; lists and the values of these settings are replaced as a whole. */
export function merge(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(over)) {
    const below = merged.get(name);
    const both = isRecord(below) && isRecord(value) && !whole.has(name);
    merged.set(name, both ? merge(below, value) : value);
  }
  return Object.fromEntries(merged);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
