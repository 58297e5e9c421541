import { readCheckpoint } from "../../engine/checkpoint";
import { emulatorFolder } from "../../engine/folders";
import { projectName } from "../../engine/settingsFile";
import { accountIdOf } from "../../localAws/accounts";
import { emulatorStatus } from "../../localAws/emulator";
import type { Context } from "../context";
import { describeFleet, fleetOutputs } from "../fleet";

/**
 * The ids of the fleet's servers, healthy ones first: a command without a server must not choose one that the group is
 * ending. Empty when the stack has no fleet.
 */
export async function fleetServers({ folders, invocation }: Context): Promise<readonly string[]> {
  const { stack } = invocation;
  const [checkpoint, emulator] = await Promise.all([
    readCheckpoint(folders, projectName, stack),
    emulatorStatus(emulatorFolder(folders)),
  ]);
  const names = fleetOutputs(checkpoint?.outputs ?? {});
  const region = names?.targetGroupArn.split(":")[3];
  if (!emulator.running || names === undefined || region === undefined) return [];
  const { endpoint } = emulator;
  const fleet = await describeFleet({ endpoint, region, accountId: accountIdOf(stack) }, names);
  const servers = fleet?.servers ?? [];
  const healthyFirst = servers.toSorted(
    (one, other) => Number(other.health === "healthy") - Number(one.health === "healthy"),
  );
  return healthyFirst.map(({ instanceId }) => instanceId);
}
