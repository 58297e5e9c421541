import { emulatorFolder } from "../../engine/folders";
import { stopClock } from "../../localAws/clock";
import { emulatorStatus, stopEmulator } from "../../localAws/emulator";
import { stopLive } from "../../localAws/live";
import type { Context } from "../context";
import { localCommand } from "../localCommand";
import { requireAskedPort } from "./shared";

/** Stops the emulator and its clock, and every stack in it. Databases end first, while they may still report it. */
export async function stop(context: Context): Promise<void> {
  const { folders, invocation, conclude, learn } = context;
  const folder = emulatorFolder(folders);
  requireAskedPort(await emulatorStatus(folder), context);
  await stopLive(folder);
  await stopClock(folder);
  const stopped = await stopEmulator(folder);
  learn({ emulator: { running: false } });
  conclude(
    stopped
      ? `The emulator has stopped. To create its stacks again: ${localCommand(invocation)}`
      : `No emulator was running in ${folders.local}.`,
  );
}
