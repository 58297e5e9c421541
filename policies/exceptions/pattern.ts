/** Whether a pattern matches a whole text: `*` matches any run of characters, every other character only itself. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
  return new RegExp(`^${escaped.join(".*")}$`, "s").test(text);
}

/** The parts of a resource's URN that patterns refer to. */
export interface UrnParts {
  readonly stack: string;
  /** Without the types of its parents, e.g. `aws:rds/instance:Instance`. */
  readonly type: string;
  readonly name: string;
}

/** Splits `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`; a name may contain `::`. */
export function partsOfUrn(urn: string): UrnParts {
  const [head = "", , qualifiedType = "", ...name] = urn.split("::");
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    type: qualifiedType.split("$").at(-1) ?? "",
    name: name.join("::"),
  };
}

/**
 * Whether a pattern matches a resource. `urn:…` is compared with the whole URN, `TYPE::NAME` with the type and the name,
 * and any other pattern with the name.
 */
export function matchesResource(pattern: string, urn: string): boolean {
  if (pattern.startsWith("urn:")) return matches(pattern, urn);
  const { type, name } = partsOfUrn(urn);
  return matches(pattern, pattern.includes("::") ? `${type}::${name}` : name);
}
