import { Failure } from "./failure";

/** What the operating system refuses, by its code, and what a user can do about it. */
const kinds: Readonly<
  Record<string, { readonly problem: (place: string) => string; readonly remedy: string }>
> = {
  EACCES: denied("permission denied"),
  EPERM: denied("operation not permitted"),
  EROFS: denied("read-only file system"),
  ENOSPC: full("no space left on device"),
  EDQUOT: full("disk quota exceeded"),
  EMFILE: tooMany("too many open files in this process"),
  ENFILE: tooMany("too many open files on this machine"),
  ENOMEM: {
    problem: () => "This machine has no memory left (cannot allocate memory).",
    remedy: "End other programs, or add memory, then run this again.",
  },
  EAGAIN: {
    problem: () => "This machine starts no more processes (resource temporarily unavailable).",
    remedy: "End other programs, or raise the limit (ulimit -u), then run this again.",
  },
};

function denied(reason: string) {
  return {
    problem: (place: string) => `No access to ${place}: ${reason}.`,
    remedy: "Give this user access to it, or choose another folder with --folder, then run this again.",
  };
}

function full(reason: string) {
  return {
    problem: (place: string) => `The disk of ${place} is full: ${reason}.`,
    remedy: "Free some space, or choose a folder on another disk with --folder, then run this again.",
  };
}

function tooMany(reason: string) {
  return {
    problem: () => `A file cannot be opened: ${reason}.`,
    remedy: "Raise the limit (ulimit -n 4096), then run this again.",
  };
}

/** A failure that another try meets again, and that keeps a command from writing down how far it came. */
export class MachineFailure extends Failure {
  readonly isOfMachine = true;
}

/** The words with which other programs report the same. */
const inWords: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, "ENOSPC"],
  [/disk quota exceeded/i, "EDQUOT"],
  [/read-only file system/i, "EROFS"],
  [/too many open files/i, "EMFILE"],
  [/cannot allocate memory|out of memory/i, "ENOMEM"],
];

/**
 * An error of this machine as one sentence and what to do; `undefined` when it is none.
 *
 * @param folder where the command writes, for an error that names no file
 */
export function machineFailure(error: unknown, folder?: string): MachineFailure | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const kind = kinds[fieldOf(cause, "code") ?? ""];
    if (kind === undefined) continue;
    const place = fieldOf(cause, "path") ?? folder ?? "the command's folder";
    return new MachineFailure(kind.problem(place), kind.remedy, { cause: error });
  }
  return undefined;
}

/** The same from another program's output. @param folder where that program writes */
export function machineFailureIn(
  output: string,
  folder = "the command's folder",
): MachineFailure | undefined {
  const code = inWords.find(([words]) => words.test(output))?.[1] ?? deniedIn(output);
  const kind = kinds[code ?? ""];
  return kind === undefined ? undefined : new MachineFailure(kind.problem(folder), kind.remedy);
}

/** Others also print these words for a request that a server refuses. */
function deniedIn(output: string): string | undefined {
  return /\[Errno 13\]|PermissionError|(?:open|mkdir|rename) \S+: permission denied/i.test(output)
    ? "EACCES"
    : undefined;
}

function fieldOf(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : undefined;
}
