/**
 * Whether a property is given, be its value known yet or not: a descriptor is read past the policy SDK's proxy.
 * The provider hands out an empty text for one that is not set.
 */
export function isSet(props: object, property: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(props, property)?.value;
  return value !== undefined && value !== null && value !== "";
}
