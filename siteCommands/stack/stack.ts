import type { SiteClients } from "../clients";

/** The stack of the command, and how to reach its account. */
export interface Stack {
  readonly project: string;
  readonly name: string;
  readonly region: string;
  readonly clients: SiteClients;
  /** How long to wait between two questions to AWS about a job, at most. Seconds. */
  readonly longestPauseSeconds: number;
}

/** The tags of the stack's resources, and of its backups. */
export function tagsOf({ project, name }: Pick<Stack, "project" | "name">): Readonly<Record<string, string>> {
  return { Project: project, Stack: name };
}

/** A tag as most services return it. */
export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags as name: value. */
export function recordOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? ""] as const])),
  );
}

/** Tags as most services accept them. */
export function listOf(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Whether a resource has all of these tags. */
export function hasTags(
  given: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([key, value]) => given[key] === value);
}
