import path from "node:path";

import type { Screen } from "../cli/screen";
import { npmCommand } from "../cli/shellCommand";
import type { Steps } from "../cli/steps";
import { startEmulator, type RunningEmulator } from "../localAws/emulator";
import { emulatorFolder, type Folders } from "./folders";

/** Starts the emulator of the folders, or finds it running. */
export function startEmulatorIn(options: {
  readonly folders: Folders;
  /** The requested port, if any. */
  readonly port: number | undefined;
  readonly steps: Steps;
  readonly screen: Pick<Screen, "print">;
}): Promise<RunningEmulator> {
  const { folders, port, steps, screen } = options;
  return steps.run("Emulator", (report) =>
    startEmulator({
      report,
      announce: screen.print,
      folder: emulatorFolder(folders),
      stopCommand: stopCommandIn(folders),
      ...(port === undefined ? {} : { port }),
    }),
  );
}

/** Stops the emulator of the folders, whichever command started it. */
function stopCommandIn({ repository, local }: Folders): string {
  const isDefault = local === path.join(repository, ".local");
  return npmCommand("local", ["stop"], { folder: isDefault ? undefined : local });
}
