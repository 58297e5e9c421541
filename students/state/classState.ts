import type { Checkpoint } from "../../engine/checkpoint";
import type { Folders } from "../../engine/folders";
import type { Deployment } from "../../engine/runningStack/deployment";
import type { StateBackend } from "../../engine/stateBackend";
import type { StudentRecord } from "../record";

/** A lock of another run. */
export interface ForeignLock {
  /** Who has it, and since when. */
  readonly text: string;
  readonly remove: () => Promise<void>;
}

/** What a class keeps for all of its students: what the guards saw, and the last grades. */
export type NoteName = "ledgers" | "grades";

/** What a class keeps between runs: in the folder of this machine, or shared through a backend of Pulumi's. */
export interface ClassState {
  /** The URL of a shared backend; undefined: the folder. */
  readonly url: string | undefined;
  /** The state of a student's stack; undefined when there is none. */
  readonly checkpoint: (id: string) => Promise<Checkpoint | undefined>;
  /**
   * The whole state of a student's stack, with its secrets encrypted.
   * @throws Failure when it cannot be read
   */
  readonly deployment: (id: string) => Promise<Deployment>;
  /** The last operation on a student's stack. */
  readonly record: (id: string) => Promise<StudentRecord | undefined>;
  readonly saveRecord: (id: string, record: StudentRecord) => Promise<void>;
  /** The address ranges of the students, by id. */
  readonly blocks: () => Promise<ReadonlyMap<string, string>>;
  readonly saveBlocks: (blocks: ReadonlyMap<string, string>) => Promise<void>;
  /** A text of the class; undefined before the first. Only the user may read it. */
  readonly note: (name: NoteName) => Promise<string | undefined>;
  /** Replaces a text of the class, within {@link ClassState.alone}. */
  readonly saveNote: (name: NoteName, text: string) => Promise<void>;
  /**
   * The backend for a student's engine.
   * @param isOwn whether the engine uses this user's own AWS credentials
   */
  readonly backend: (folders: Folders, isOwn: boolean) => Promise<StateBackend>;
  /**
   * Replaces the state of a student's stack by one that another backend exported.
   * @throws Failure in a folder, or when the backend refuses it
   */
  readonly importState: (id: string, exported: string) => Promise<void>;
  /** The lock on a student that another run has, and its removal with the lock of that run's engine. */
  readonly foreignLock: (id: string) => Promise<ForeignLock | undefined>;
  /** Does work that no other run may do for the class at the same time. Waits for the others. */
  readonly alone: <T>(doing: string, work: () => Promise<T>) => Promise<T>;
  /**
   * Does work that no other run may do for the student at the same time.
   * @param onLost called when another run has taken over, because this one did not renew its lock in time
   * @throws Failure when another run works for the student: who, and since when
   */
  readonly aloneFor: (
    id: string,
    doing: string,
    work: () => Promise<void>,
    onLost: (taker: string) => void,
  ) => Promise<void>;
}
