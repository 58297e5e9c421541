/** The provider accepts a listener's protocol in any case. */
export function isProtocol(protocol: string | undefined, ...names: readonly string[]): boolean {
  return protocol !== undefined && names.includes(protocol.toUpperCase());
}

/** A launch template's flags are strings; the provider parses them with Go's `strconv.ParseBool`. */
export function isOn(flag: string | undefined): boolean {
  return flag !== undefined && ["1", "t", "T", "true", "TRUE", "True"].includes(flag);
}

export function isOff(flag: string | undefined): boolean {
  return flag !== undefined && ["0", "f", "F", "false", "FALSE", "False"].includes(flag);
}
