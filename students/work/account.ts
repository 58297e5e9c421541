import type { RDS } from "@aws-sdk/client-rds";

import type { StackSettings } from "../../config";
import type { EngineContext } from "../../engine/engineRun";
import type { Session } from "../../local/session";
import type { Leftover } from "./task";

/** An open stack of a student's, wherever it stands. */
export type StudentSession = Pick<
  Session,
  "folders" | "stackName" | "before" | "policyPacks" | "onRegistration" | "stack"
>;

/** A student's account with an open stack in it: an AWS account, or one of the emulator's. */
export interface Account {
  readonly accountId: string;
  readonly session: StudentSession;
  readonly settings: StackSettings;
  /** Whether what Pulumi remembers may not be what there is, so that a preview has to look first. */
  readonly isOutOfStep: boolean;
  /** Does work that changes the stack, once what a run that was cut off left behind is in order. */
  readonly changing: <T>(context: EngineContext, work: () => Promise<T>) => Promise<T>;
  /** What must hold before anything is made. */
  readonly prepare: () => Promise<void>;
  readonly databases: () => Promise<RDS>;
  /** What the stack left behind; to be asked when it is down. */
  readonly leftovers: () => Promise<readonly Leftover[]>;
}
