/** The same object without one of its properties. */
export function without(value: object, property: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== property));
}
