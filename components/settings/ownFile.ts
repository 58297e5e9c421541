import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import path from "node:path";

import { readSettingsFile, type SettingsFile } from "./settingsFile";
import { configIn } from "./stackFile";

const repository = path.resolve(__dirname, "../..");

/**
 * The file of the stack that runs, `Pulumi.<stack>.yaml`, for the lines in an error. `undefined` when Pulumi reads its
 * configuration elsewhere: in a copy of the file (`npm run local`), in the file of `--config-file`, in Pulumi Cloud.
 */
export function ownSettingsFile(): SettingsFile | undefined {
  if (pulumi.getRootDirectory() !== repository) return undefined;
  const name = `Pulumi.${pulumi.getStack()}.yaml`;
  const bytes = readIfThere(path.join(repository, name));
  if (bytes === undefined) return undefined;
  const file = readSettingsFile(name, bytes);
  const given = pulumi.runtime.allConfig();
  const isRead = Object.keys(configIn(file, pulumi.getProject()).config ?? {}).every((key) => key in given);
  return isRead ? file : undefined;
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
