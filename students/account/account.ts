import { accountOf } from "../preflight/ask";
import type { ClientConfig } from "../preflight/client";
import type { Assignment } from "./assignment";
import { accountClients, type AccountClients } from "./clients";
import type { Internet } from "./internet";
import type { Pace } from "./pace";
import { answerSeconds, type Asking } from "./questions";
import { withinSeconds } from "./timeLimit";

/** A student's account, as checks, the watch and the guard ask it. Reading changes nothing. */
export interface StudentAccount extends AccountClients {
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** What the course asks of this student. */
  readonly assignment: Assignment;
  /** In an account that several students share: the tag of this student's resources. */
  readonly owner: Tag | undefined;
  readonly internet: Internet;
  /** When this grading began: checks that depend on the time use this one. */
  readonly now: Date;
  /**
   * The same account for a check that changes something: every question is asked again, and a stop of the user does
   * not end the questions, so that the check can undo what it did. Close it, too.
   */
  readonly fresh: () => StudentAccount;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface AccountOptions {
  readonly client: ClientConfig;
  readonly assignment: Assignment;
  /** The pace for an account; the same one for everything that asks the same account. */
  readonly paceOf: (accountId: string) => Pace;
  /** Whether several students of the roster use the account, so that tags tell whose a resource is. */
  readonly ownerOf: (accountId: string) => Tag | undefined;
  readonly internet: Internet;
  readonly now: Date;
  /** How long AWS may take to answer one question, with retries. Default: 20. */
  readonly questionSeconds?: number;
  /** Ends all questions. */
  readonly stop?: AbortSignal;
}

/**
 * Opens the account of the credentials.
 * @throws AWS's own error when it refuses them; Failure when it does not answer
 */
export async function openAccount(options: AccountOptions): Promise<StudentAccount> {
  const { client, paceOf, ownerOf, questionSeconds = answerSeconds, stop } = options;
  const accountId = await withinSeconds(questionSeconds, () => accountOf(client), stop);
  const how = { pace: paceOf(accountId), questionSeconds, remembers: true, stop };
  return accountWith(options, accountId, ownerOf(accountId), how);
}

function accountWith(
  options: AccountOptions,
  accountId: string,
  owner: Tag | undefined,
  how: Asking,
): StudentAccount {
  const { client, assignment, internet, now } = options;
  return {
    ...accountClients(client, how),
    accountId,
    region: client.region,
    assignment,
    owner,
    internet,
    now,
    fresh: () => accountWith(options, accountId, owner, { ...how, remembers: false, stop: undefined }),
  };
}
