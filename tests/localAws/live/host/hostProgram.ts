/** Acts as a command does, and prints the result as JSON: hostProgram.ts ACTION FOLDER [ENVIRONMENT_FOLDER PORT] */
import { endChildren, watchChildren } from "../../../../cli/children";
import { messageOf } from "../../../../cli/failure";
import {
  emulatorStatus,
  ensureEnvironment,
  startEmulator,
  stopEmulator,
} from "../../../../localAws/emulator";
import { startLive, stopLive } from "../../../../localAws/live";

const [action = "", folder = "", environmentFolder = "", port = "0"] = process.argv.slice(2);

watchChildren();
// What Ctrl-C does to a command.
process.once("SIGINT", () => {
  endChildren();
  process.exit(130);
});

function report(line: string): void {
  console.error(line);
}

/** The port's emulator, or that of the folder. */
async function endpoint(): Promise<string> {
  if (port !== "0") return `http://127.0.0.1:${port}`;
  const emulator = await emulatorStatus(folder);
  if (!emulator.running) throw new Error("No emulator runs.");
  return emulator.endpoint;
}

const actions: Readonly<Record<string, () => Promise<unknown>>> = {
  prepare: () => ensureEnvironment({ folder: environmentFolder, report }),
  startEmulator: () => startEmulator({ folder, environmentFolder, port: Number(port), report }),
  stopEmulator: () => stopEmulator(folder),
  start: async () => startLive({ endpoint: await endpoint(), folder, report }),
  startFaster: async () => startLive({ endpoint: await endpoint(), folder, report, secondsPerMinute: 10 }),
  stop: () => stopLive(folder),
};

const act = actions[action];
if (act === undefined) throw new Error(`No action ${action}. Allowed: ${Object.keys(actions).join(", ")}.`);
act().then(
  (result) => {
    console.log(JSON.stringify(result));
  },
  (error: unknown) => {
    report(messageOf(error));
    process.exitCode = 1;
  },
);
