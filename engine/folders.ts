import path from "node:path";

/** The folders of a local run. */
export interface Folders {
  /** The working copy: the program and its policies. */
  readonly repository: string;
  /** Holds `Pulumi.yaml` and the stacks' settings: the repository, or the folder of `--settings`. */
  readonly project: string;
  /** Holds everything that a local run creates: state, logs, the emulator and its Python environment. */
  readonly local: string;
  /** Pulumi's state: a file backend. */
  readonly state: string;
  /** Pulumi's home, apart from the user's own plugins and logins. */
  readonly pulumiHome: string;
  /** Copies of the stacks' settings, one folder each: Pulumi writes into them. */
  readonly stacks: string;
}

/** The folders under one working copy, or as given. */
export function foldersOf(given: {
  readonly repository: string;
  readonly project?: string;
  readonly local?: string;
}): Folders {
  const local = given.local ?? path.join(given.repository, ".local");
  return {
    repository: given.repository,
    project: given.project ?? given.repository,
    local,
    state: path.join(local, "state"),
    pulumiHome: path.join(local, "pulumi"),
    stacks: path.join(local, "stacks"),
  };
}

/** Holds the emulator's Python environment, log and state file. */
export function emulatorFolder({ local }: Folders): string {
  return path.join(local, "emulator");
}
