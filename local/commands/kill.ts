import { z } from "../../cli/json";
import type { Context } from "../context";
import { requireRegion } from "../live/region";
import { localCommand } from "../localCommand";

/** Cuts a server's power: no process of it can clean up. */
export async function kill(context: Context): Promise<void> {
  const { invocation, conclude } = context;
  const { control, machine } = await requireRegion(context);
  const { id } = await machine();
  await control.post(`/machines/${id}/kill`, undefined, z.unknown());
  conclude(
    `The power of ${id} is cut. The load balancer finds it unhealthy, and the group replaces it, ` +
      `not before the server's grace period ends. Watch it: ${localCommand(invocation, "watch")}`,
  );
}
