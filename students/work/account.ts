import type { RDS } from "@aws-sdk/client-rds";

import type { StackSettings } from "../../config";
import type { EngineContext } from "../../engine/engineRun";
import type { SourceLine } from "../../engine/sources/creations";
import type { LaunchAccount } from "../../local/launches";
import type { Session } from "../../local/session";
import type { Adoption } from "../adopt/adopt";
import type { Leftover } from "./task";

/** A student's open stack, in AWS or in the emulator. */
export type StudentSession = Pick<
  Session,
  "folders" | "stackName" | "before" | "policyPacks" | "onRegistration" | "stack" | "backend"
>;

/** A student's account with an open stack in it: an AWS account, or one of the emulator's. */
export interface Account {
  readonly accountId: string;
  readonly session: StudentSession;
  readonly settings: StackSettings;
  /** Whether Pulumi's state may differ from the account, so that a preview has to refresh first. */
  readonly isOutOfStep: boolean;
  /** The line of the program that creates a resource, once the program has run to be judged. */
  readonly lineOf: (urn: string) => SourceLine | undefined;
  /** Does work that changes the stack, after the cleanup of an interrupted run. */
  readonly changing: <T>(context: EngineContext, work: () => Promise<T>) => Promise<T>;
  /** The checks before anything is created. */
  readonly prepare: () => Promise<void>;
  /** For a stack whose state is lost. */
  readonly adoption: Adoption;
  readonly launches: LaunchAccount;
  readonly databases: () => Promise<RDS>;
  /** What remains of the stack; for after `down`. */
  readonly leftovers: () => Promise<readonly Leftover[]>;
}
