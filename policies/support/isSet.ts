/**
 * Whether a property is set, to a known or an unknown value: descriptors pass the policy SDK's proxy unchanged. The
 * provider returns an empty string or an empty list for a property that is not set.
 */
export function isSet(props: object, property: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(props, property)?.value;
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}
