import path from "node:path";

import { z } from "../../cli/json";

const repository = path.resolve(__dirname, "../..");

/** The emulator's sources in the working copy. */
export const sources = {
  /** The folder of the Python package. */
  package: __dirname,
  overlay: path.join(__dirname, "overlay"),
  requirements: path.join(__dirname, "requirements.txt"),
  awsCli: path.join(__dirname, "awsCli.txt"),
  /** Lambda's runtime includes `@aws-sdk/*`; here functions use the project's packages. */
  nodeModules: path.join(repository, "node_modules"),
} as const;

/** The default folder of the emulator's files. */
export const defaultFolder = path.join(repository, ".local", "emulator");

/** The default TCP port on 127.0.0.1. */
export const defaultPort = 4577;

/** The files of one emulator's process. */
export interface EmulatorFiles {
  /** The emulator writes it when it listens, and removes it when it ends. */
  readonly state: string;
  readonly log: string;
}

export function filesIn(folder: string): EmulatorFiles {
  return { state: path.join(folder, "emulator.json"), log: path.join(folder, "emulator.log") };
}

/** The content of the emulator's state file. */
export const stateSchema = z.object({
  pid: z.int().positive(),
  port: z.int().positive(),
  bootId: z.string(),
  version: z.string(),
  /** The file's own path: in a copy of the folder it names another emulator's file. */
  file: z.string().optional(),
});

export type EmulatorState = z.output<typeof stateSchema>;
