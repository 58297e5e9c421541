import path from "node:path";

import { z } from "../../cli/json";

const repository = path.resolve(__dirname, "../..");

/** What the emulator is made of, in the working copy. */
export const sources = {
  /** The folder that holds the Python package. */
  package: __dirname,
  overlay: path.join(__dirname, "overlay"),
  requirements: path.join(__dirname, "requirements.txt"),
  /** Lambda's own runtime brings `@aws-sdk/*`; here the project's packages stand in for it. */
  nodeModules: path.join(repository, "node_modules"),
} as const;

/** Where everything that the emulator makes is kept, unless told otherwise. */
export const defaultFolder = path.join(repository, ".local", "emulator");

/** The port it listens on unless told otherwise, on 127.0.0.1. */
export const defaultPort = 4577;

/** The files of one emulator's process. */
export interface EmulatorFiles {
  /** Written by the emulator once it listens, removed at its end. */
  readonly state: string;
  readonly log: string;
}

export function filesIn(folder: string): EmulatorFiles {
  return { state: path.join(folder, "emulator.json"), log: path.join(folder, "emulator.log") };
}

/** What the emulator says of itself in its state file. */
export const stateSchema = z.object({
  pid: z.int().positive(),
  port: z.int().positive(),
  bootId: z.string(),
  version: z.string(),
  /** Where the emulator wrote it: a copy of the folder has the file of another emulator. */
  file: z.string().optional(),
});

export type EmulatorState = z.output<typeof stateSchema>;
