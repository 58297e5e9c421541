/** A rule's name in a combined pack. */
export function qualifiedName(pack: string, rule: string): string {
  return `${pack}/${rule}`;
}

/** The pack and the rule of a {@link qualifiedName}. */
export function partsOf(name: string): { readonly pack: string; readonly rule: string } {
  const [pack = "", rule = ""] = name.split("/");
  return { pack, rule };
}
