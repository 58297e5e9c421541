import { Failure } from "./failure";

/** Refusals of the operating system, by error code, each with the user's fix. */
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

/** A failure that would recur at the next attempt, and that prevents a command from recording its progress. */
export class MachineFailure extends Failure {
  readonly isOfMachine = true;
}

/** Other programs' words for the same failures. */
const inWords: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, "ENOSPC"],
  [/disk quota exceeded/i, "EDQUOT"],
  [/read-only file system/i, "EROFS"],
  [/too many open files/i, "EMFILE"],
  [/cannot allocate memory|out of memory/i, "ENOMEM"],
];

/**
 * A failure of this machine as one sentence with its fix; `undefined` for other errors.
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

/** The same failure in another program's output. @param folder where that program writes */
export function machineFailureIn(
  output: string,
  folder = "the command's folder",
): MachineFailure | undefined {
  const code = inWords.find(([words]) => words.test(output))?.[1] ?? deniedIn(output);
  const kind = kinds[code ?? ""];
  return kind === undefined ? undefined : new MachineFailure(kind.problem(folder), kind.remedy);
}

/** Other programs also print these words when a server refuses a request. */
function deniedIn(output: string): string | undefined {
  return /\[Errno 13\]|PermissionError|(?:open|mkdir|rename) \S+: permission denied/i.test(output)
    ? "EACCES"
    : undefined;
}

function fieldOf(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : undefined;
}
