import type { InventoryClients } from "./clients";

/** The kinds of resources that an inventory lists. */
export const kinds = [
  "function",
  "group",
  "server",
  "load balancer",
  "classic load balancer",
  "NAT gateway",
  "VPN connection",
  "endpoint",
  "database",
  "database cluster",
  "file system",
  "network interface",
  "address",
  "image",
  "snapshot",
  "volume",
  "database snapshot",
  "secret",
  "alarm",
  "health check",
  "hosted zone",
  "bucket",
  "key",
  "log group",
  "other resource",
  "key pair",
] as const;

export type Kind = (typeof kinds)[number];

export type Tags = Readonly<Record<string, string>>;

/** A resource of an account, as AWS reports it. */
export interface Resource {
  readonly kind: Kind;
  /** AWS's identifier, unique among the resources of its kind. */
  readonly id: string;
  /** Its size and state in a few words, e.g. `t3.micro, running`. */
  readonly detail: string;
  /** Other identifiers by which resources refer to it: its ARN, its network interfaces. */
  readonly aliases?: readonly string[];
  readonly tags: Tags;
  /** When it was created; undefined when AWS does not report it. */
  readonly createdAt: Date | undefined;
  /** Since when it costs {@link dollarsPerHour}, when that is later than its creation. A server costs since its start. */
  readonly costsSince?: Date | undefined;
  /** What a deleted resource cost in its whole life, in US dollars; for others it follows from their age. */
  readonly spentDollars?: number | undefined;
  /** US dollars an hour; 0 when it is free, undefined when the price table has no price for it. */
  readonly dollarsPerHour: number | undefined;
  /** Whether the price is an upper bound: AWS bills the written part of a snapshot, and reports only its volume's size. */
  readonly atMost?: boolean;
  /** Whether it runs, and a pause would save its price. */
  readonly running: boolean;
  /** Identifiers of what it is in or comes from: a server's VPC, a snapshot's volume. */
  readonly uses: readonly string[];
  /** The resource that AWS deletes it with: a server's volume, a group's server. */
  readonly goesWith?: string | undefined;
}

/** How one kind of resource is listed and removed. */
export interface ResourceType {
  readonly kind: Kind;
  readonly list: (clients: InventoryClients) => Promise<readonly Resource[]>;
  /** Removes one, and returns when the resources that it uses can be removed. AWS's own error when AWS refuses. */
  readonly remove: (clients: InventoryClients, id: string) => Promise<void>;
  /** Stops one until a user starts it again; only kinds that can run. */
  readonly stop?: (clients: InventoryClients, id: string) => Promise<void>;
}

/** Tags in the form of most services. */
export function tagsOf(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Tags {
  return Object.fromEntries(
    (tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? ""]])),
  );
}

/**
 * The tags of many resources, by id.
 *
 * @param perRequest of how many AWS describes the tags in one request
 */
export async function tagsInParts(
  ids: readonly string[],
  perRequest: number,
  ask: (part: string[]) => Promise<readonly (readonly [id: string, tags: Tags])[]>,
): Promise<ReadonlyMap<string, Tags>> {
  const tags = new Map<string, Tags>();
  for (let start = 0; start < ids.length; start += perRequest) {
    for (const [id, each] of await ask(ids.slice(start, start + perRequest))) tags.set(id, each);
  }
  return tags;
}

/** Identifiers without those that AWS left out. */
export function known(...ids: readonly (string | undefined)[]): readonly string[] {
  return ids.flatMap((id) => (id === undefined || id === "" ? [] : [id]));
}

/** All items of all pages. */
export async function allOf<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}
