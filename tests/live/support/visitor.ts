import { processInBox } from "../../../local/live/boxProcess";
import { liveStatus } from "../../../localAws/live";
import { attempt, type Outcome } from "../../../localAws/live/command";

/** Runs `curl` on the region's internet, as a visitor who does not use the address on loopback. @param folder the emulator's */
export async function curl(folder: string, ...words: readonly string[]): Promise<Outcome> {
  const live = liveStatus(folder);
  if (!live.running) throw new Error("The live region has ended.");
  const user = process.geteuid?.() === 0 ? [] : ["--user"];
  const enter = ["nsenter", "--target", String(processInBox(live.pid)), ...user, "--net", "--"];
  return await attempt([...enter, "curl", "--silent", "--show-error", "--max-time", "30", ...words]);
}
