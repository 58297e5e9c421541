import { Failure } from "../../cli/failure";
import { z } from "../../cli/json";
import { findServer } from "../../cli/serverName";
import { emulatorFolder } from "../../engine/folders";
import { accountIdOf } from "../../localAws/accounts";
import { emulatorStatus } from "../../localAws/emulator";
import { controlClient, liveStatus, type ControlClient, type RunningLive } from "../../localAws/live";
import { requireAskedPort } from "../commands/shared";
import type { Context } from "../context";
import { localCommand } from "../localCommand";
import { fleetServers } from "./fleetServers";

const machineSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  /** The process id of its init, as seen in the box; null while it is off. */
  initPid: z.int().nullable(),
});

export type Machine = z.output<typeof machineSchema>;

/** The running live region, as a command about one stack sees it. */
export interface Region {
  readonly live: RunningLive;
  readonly control: ControlClient;
  /** The stack's account. */
  readonly accountId: string;
  /** The machine of the server that the command names. */
  readonly machine: () => Promise<Machine>;
}

/** @throws Failure when no live region runs in this folder. */
export async function requireRegion(context: Context): Promise<Region> {
  const { folders, invocation } = context;
  const folder = emulatorFolder(folders);
  requireAskedPort(await emulatorStatus(folder), context);
  const live = liveStatus(folder);
  if (!live.running) {
    throw new Failure(
      `No servers run in ${folders.local}: its emulator is off, or it records only.`,
      `Create the stack with servers that boot: ${localCommand(invocation, "up", "--live")}`,
    );
  }
  const control = controlClient(folder);
  const accountId = accountIdOf(invocation.stack);
  const machine = async (): Promise<Machine> => {
    const all = await control.get("/machines", z.array(machineSchema));
    const own = all.filter((each) => each.accountId === accountId);
    const fleet = await fleetServers(context);
    const rank = ({ id }: Machine): number => (fleet.includes(id) ? fleet.indexOf(id) : fleet.length);
    const on = own.filter(({ initPid }) => initPid !== null).sort((one, other) => rank(one) - rank(other));
    // A server that is off has no number, but its console may be read.
    return (
      own.find(({ id }) => id === invocation.server) ??
      findServer(on, invocation.server, "See its servers with: npm run local -- status")
    );
  };
  return { live, control, accountId, machine };
}
