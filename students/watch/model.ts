import type { Language } from "../language/text";

/** A student's tile on the page, in one language. */
export interface Tile {
  readonly id: string;
  readonly name: string;
  readonly tone: "good" | "info" | "warning" | "bad";
  readonly state: string;
  readonly detail: string;
  readonly points: { readonly text: string; readonly got: number; readonly possible: number } | null;
  readonly cost: string;
  /** ISO 8601. */
  readonly credentialsExpireAt: string | null;
  readonly siteUrl: string | null;
  /** The page of the student's servers. */
  readonly pageUrl: string;
  /** What is wrong, and what to do. */
  readonly problems: readonly string[];
}

/** The texts of the page itself. */
export interface Labels {
  readonly language: Language;
  readonly title: string;
  readonly place: string;
  readonly live: string;
  readonly reconnecting: string;
  readonly students: string;
  readonly points: string;
  readonly cost: string;
  readonly credentials: string;
  readonly ended: string;
  readonly site: string;
  readonly servers: string;
  readonly help: string;
  readonly all: string;
  readonly waiting: string;
}
