/** The properties in which a value is at a path such as `policyArns[]` or `inlinePolicies[].policy`. */
export function propsAt(path: string, value: unknown): object {
  const [first = "", ...others] = path.split(".");
  const inner = others.length === 0 ? value : propsAt(others.join("."), value);
  return { [first.replace("[]", "")]: first.endsWith("[]") ? [inner] : inner };
}
