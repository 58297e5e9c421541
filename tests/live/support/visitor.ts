import { z } from "../../../cli/json";
import { processInBox } from "../../../local/live/boxProcess";
import { type ControlClient, liveStatus } from "../../../localAws/live";
import { attempt, type Outcome, run } from "../../../localAws/live/command";
import { beside } from "../../../localAws/live/machines/inside";

/** Runs `curl` on the region's internet, as a visitor who does not use the address on loopback. @param folder the emulator's */
export async function curl(folder: string, ...words: readonly string[]): Promise<Outcome> {
  const enter = [...inBox(folder), "--net", "--"];
  return await attempt([...enter, "curl", "--silent", "--show-error", "--max-time", "30", ...words]);
}

const digest =
  "import hashlib, sys, urllib.request as r; print(hashlib.sha256(r.urlopen(sys.argv[1]).read()).hexdigest())";

/**
 * The SHA-256 of what a server's own nginx answers to a path, without the load balancer.
 *
 * @param folder the emulator's
 * @throws Error when the server is off, or answers with an error
 */
export async function digestFrom(
  folder: string,
  control: ControlClient,
  serverId: string,
  path: string,
): Promise<string> {
  const machines = z.array(z.object({ id: z.string(), initPid: z.int().nullable() }));
  const init = (await control.get("/machines", machines)).find(({ id }) => id === serverId)?.initPid;
  if (init === undefined || init === null) throw new Error(`${serverId} is off.`);
  const enter = [...inBox(folder), "--mount", "--net", "--pid", "--"];
  return (
    await run([...enter, ...beside(init, ["python3", "-c", digest, `http://127.0.0.1${path}`])])
  ).trim();
}

/** The beginning of a command in the box: its user namespace, when it has one. */
function inBox(folder: string): readonly string[] {
  const live = liveStatus(folder);
  if (!live.running) throw new Error("The live region has ended.");
  const user = process.geteuid?.() === 0 ? [] : ["--user"];
  return ["nsenter", "--target", String(processInBox(live.pid)), ...user];
}
