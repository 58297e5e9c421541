import { z } from "../../cli/json";

/** How long a lock lasts without renewal: longer than a pause of the network, shorter than a lesson's break. */
export const leaseMilliseconds = 5 * 60_000;
/** How often its owner renews it. */
export const renewalMilliseconds = 60_000;

export const leaseSchema = z.object({
  /** One for each time that a process takes a lock. */
  id: z.string(),
  /** The user and the machine, or the job of a CI. */
  owner: z.string(),
  /** Where process ids are comparable: one machine since its start, or one container. */
  machine: z.string(),
  pid: z.int().positive(),
  /** E.g. `does up`. */
  doing: z.string(),
  since: z.iso.datetime(),
  /** After this time it is free, unless its owner renews it. */
  until: z.iso.datetime(),
});

/** The owner of a lock in a shared state. */
export type Lease = z.output<typeof leaseSchema>;

/** Facts about this process, which decide whether another one still runs. */
export interface Observer {
  readonly machine: string;
  readonly processExists: (pid: number) => boolean;
  readonly now: Date;
}

/** Whether the lock's owner may still work: its process runs on this machine, or its time has not ended. */
export function isHeld(
  { machine, pid, until }: Lease,
  { machine: here, processExists, now }: Observer,
): boolean {
  if (machine === here) return processExists(pid);
  return Date.parse(until) > now.getTime();
}

/** Who has the lock, since when, and when it ends: `kim@lab does up, since …`. */
export function leaseText({ owner, doing, since, until }: Lease): string {
  return `${owner} ${doing}, since ${since}. The lock ends at ${until}, unless that run renews it.`;
}

/** The owner's name: the CI job, with its page, or the user and the machine. */
export function ownerName(environment: NodeJS.ProcessEnv, user: string, host: string): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_JOB_URL } = environment;
  if (GITHUB_REPOSITORY !== undefined && GITHUB_RUN_ID !== undefined) {
    return `${GITHUB_SERVER_URL ?? "https://github.com"}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  }
  return CI_JOB_URL ?? `${user}@${host}`;
}
