/** An answer of the gateway itself. */
export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What the gateway answers itself, besides AWS's API. */
export interface Pages {
  /** Pages for everyone, by path: they need no signature. */
  readonly open: ReadonlyMap<string, Page>;
  /**
   * Pages for the account of a key, asked with POST; the request is signed as one to AWS is.
   * @returns undefined when there is no such page
   */
  readonly ofAccount: (accountId: string, path: string, body: string) => Promise<Page | undefined>;
}

/** Paths of the gateway's own. No bucket of S3 has a name with `_`. */
export const pagePrefix = "/_class/";

export function jsonPage(status: number, content: unknown): Page {
  return { status, type: "application/json", body: JSON.stringify(content) };
}

export const noPage = jsonPage(404, { message: "The gateway has no such page." });
