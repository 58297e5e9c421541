import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { isAtTerminal } from "../../cli/commandProcess";
import { codeOf } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import { knownStacks, readCheckpoint } from "../../engine/checkpoint";
import { emulatorFolder, type Folders } from "../../engine/folders";
import { projectName } from "../../engine/settingsFile";
import { emulatorStatus } from "../../localAws/emulator";
import { imagesAreThere, whyNot } from "../../localAws/live";
import type { Context } from "../context";
import { localCommand, stopCommand } from "../localCommand";
import { readRecord } from "../record";
import { decideMode, type Mode } from "./mode";

/** `recorded` or `live`, where the user gives no option: for tests, and for machines that only check stacks. */
const variable = "WORDPRESS_ON_AWS_MODE";

const fileSchema = z.object({ bootId: z.string(), mode: z.enum(["live", "recorded"]) });

/**
 * Decides whether this `up` boots servers, and prints why not. It asks the user at a terminal before it prepares images.
 *
 * @throws Failure when the user's option is not possible
 */
export async function settleMode(context: Context): Promise<Mode> {
  const { folders, invocation, screen, confirm } = context;
  const current = await modeOfStacks(folders);
  // A default for new stacks only: stacks keep their mode.
  const asked = invocation.mode ?? (current === undefined ? modeOf(process.env[variable]) : undefined);
  // Trying namespaces takes a while, and a recorded run needs no answer.
  const isRecorded = asked === "recorded" || current === "recorded";
  const there = !isRecorded && (current === "live" || (await imagesAreThere()));
  const reason = isRecorded
    ? undefined
    : await whyNot({ folder: emulatorFolder(folders), buildsImages: !there });
  const decision = decideMode({
    asked,
    current,
    whyNot: reason,
    imagesAreThere: there,
    isAtTerminal: isAtTerminal() && !invocation.json && !invocation.yes,
    liveCommand: `${localCommand(invocation, "up")} --live`,
    stopCommand: stopCommand(invocation),
  });
  if (decision.mode !== "ask") {
    if (decision.text !== undefined) screen.print(decision.text);
    return decision.mode;
  }
  screen.print(decision.text ?? "");
  return (await confirm("Prepare the images now?")) ? "live" : "recorded";
}

/** Keeps the mode of the emulator's stacks. */
export async function keepMode(folders: Folders, bootId: string, mode: Mode): Promise<void> {
  const file = modeFile(folders);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ bootId, mode } satisfies z.output<typeof fileSchema>));
}

/** The mode of the stacks that the running emulator has; undefined without any. */
export async function modeOfStacks(folders: Folders): Promise<Mode | undefined> {
  const emulator = await emulatorStatus(emulatorFolder(folders));
  const kept = await readModeFile(folders);
  if (!emulator.running) return undefined;
  for (const stack of await knownStacks(folders, projectName)) {
    const [record, checkpoint] = await Promise.all([
      readRecord(folders, stack),
      readCheckpoint(folders, projectName, stack),
    ]);
    if (record?.bootId === emulator.bootId && (checkpoint?.resources.length ?? 0) > 0) {
      return kept?.bootId === emulator.bootId ? kept.mode : "recorded";
    }
  }
  return undefined;
}

function modeOf(text: string | undefined): Mode | undefined {
  return text === "live" || text === "recorded" ? text : undefined;
}

async function readModeFile(folders: Folders): Promise<z.output<typeof fileSchema> | undefined> {
  try {
    return parseJson(fileSchema, await readFile(modeFile(folders), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function modeFile(folders: Folders): string {
  return path.join(emulatorFolder(folders), "mode.json");
}
