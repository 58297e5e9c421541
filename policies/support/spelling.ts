/** The provider accepts a listener's protocol in any case. */
export function isProtocol(protocol: string | undefined, ...names: readonly string[]): boolean {
  return protocol !== undefined && names.includes(protocol.toUpperCase());
}

/**
 * Whether a flag is true. A launch template's flags are texts, and a program in JavaScript may give any flag as a text: the
 * provider parses it with Go's `strconv.ParseBool`.
 */
export function isOn(flag: unknown): boolean {
  return (
    flag === true || (typeof flag === "string" && ["1", "t", "T", "true", "TRUE", "True"].includes(flag))
  );
}

/** Whether a flag is false; neither is one that is not set. */
export function isOff(flag: unknown): boolean {
  return (
    flag === false || (typeof flag === "string" && ["0", "f", "F", "false", "FALSE", "False"].includes(flag))
  );
}

/** A number, which a program in JavaScript may give as a text; NaN for another value. */
export function amount(value: unknown): number {
  return typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
}
