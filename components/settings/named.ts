/** The tags of one resource: the stack's, and its own name for people who read AWS's console. */
export function named(name: string, tags: Readonly<Record<string, string>>): Record<string, string> {
  return { ...tags, Name: name };
}
