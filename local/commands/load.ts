import { z } from "../../cli/json";
import type { Context } from "../context";
import { requireRegion } from "../live/region";
import { localCommand } from "../localCommand";

/** Runs `yes > /dev/null` on a server for each of its CPUs, or ends this load. */
export async function load(context: Context): Promise<void> {
  const { invocation, conclude } = context;
  const { control, machine } = await requireRegion(context);
  const { id } = await machine();
  const action = invocation.stopLoad ? "unload" : "load";
  await control.post(`/machines/${id}/${action}`, undefined, z.unknown());
  conclude(
    invocation.stopLoad
      ? `The load on ${id} has ended. The group shrinks when its load is low for long enough.`
      : `${id} is under load: yes > /dev/null. Watch the group grow: ${localCommand(invocation, "watch")}\n` +
          `End the load: ${localCommand(invocation, "load", id, "--stop")}`,
  );
}
