/** An attribute in ELB's format. */
export interface KeyValue {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function toKeyValues(attributes: Readonly<Record<string, string>>) {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}

export function fromKeyValues(
  attributes: readonly KeyValue[] | undefined,
): Record<string, string | undefined> {
  return Object.fromEntries((attributes ?? []).map(({ Key = "", Value }) => [Key, Value]));
}
