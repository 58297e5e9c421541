import { emulatorFolder } from "../../engine/folders";
import { stopClock } from "../../localAws/clock";
import { stopEmulator } from "../../localAws/emulator";
import type { Context } from "../context";

/** Ends the emulator and its clock, with every stack in it. */
export async function stop({ folders, conclude, learn }: Context): Promise<void> {
  const folder = emulatorFolder(folders);
  await stopClock(folder);
  const stopped = await stopEmulator(folder);
  learn({ emulator: { running: false } });
  conclude(
    stopped
      ? "The emulator has ended; the next npm run local builds its stacks again."
      : "No emulator was running.",
  );
}
