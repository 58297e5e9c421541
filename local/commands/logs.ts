import type { Context } from "../context";
import { requireRegion } from "../live/region";

/** Prints a server's console and, while it runs, its journal. */
export async function logs(context: Context): Promise<void> {
  const { control, machine } = await requireRegion(context);
  const { id, initPid } = await machine();
  const output = await control.text(`/machines/${id}/console`);
  const journal = initPid === null ? "" : await control.text(`/machines/${id}/journal`);
  context.learn({ server: id, console: output, journal });
  context.conclude(
    [`Console of ${id}`, output.trimEnd(), "", `Journal of ${id}`, journal.trimEnd()].join("\n"),
  );
}
