/** The tags of one resource: the stack's, and `Name`, which AWS's console shows. */
export function named(name: string, tags: Readonly<Record<string, string>>): Record<string, string> {
  return { ...tags, Name: name };
}
