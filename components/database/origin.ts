import type { DatabaseSettings } from "./options";

/** Names the snapshot from which a database was restored. AWS itself does not record it. */
const originTag = "site-backup:restored-from";

/** The tags that record where the database's content came from. */
export function originTags({ restoreFrom }: DatabaseSettings): Readonly<Record<string, string>> {
  return restoreFrom === undefined ? {} : { [originTag]: restoreFrom };
}

/** The snapshot from which a database with these tags was restored; `undefined` for a database that began empty. */
export function originOf(tags: Readonly<Record<string, string>>): string | undefined {
  return tags[originTag];
}
