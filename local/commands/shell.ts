import { Failure } from "../../cli/failure";
import { passThrough } from "../../cli/passThrough";
import { beside } from "../../localAws/live/machines/inside";
import type { Context } from "../context";
import { processInBox } from "../live/boxProcess";
import { requireRegion } from "../live/region";

/**
 * Opens a shell on a server. The first `nsenter` enters the box, the second one the machine, whose process id exists only
 * in the box. `script` gives the shell a terminal of the machine.
 */
export async function shell(context: Context): Promise<void> {
  const { live, machine } = await requireRegion(context);
  const { id, initPid } = await machine();
  if (initPid === null) throw new Failure(`${id} is off.`, "Choose another server, or start it.");
  const user = process.getuid?.() === 0 ? [] : ["--user"];
  const words = [
    ...["--target", String(processInBox(live.pid)), ...user, "--mount", "--net", "--pid", "--"],
    ...beside(initPid, [
      ...["env", "-i", `TERM=${process.env["TERM"] ?? "dumb"}`, "HOME=/root"],
      "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
      ...["script", "--quiet", "--return", "--command", "bash --login", "/dev/null"],
    ]),
  ];
  context.endWith(
    await context.interrupt.finishing(() =>
      passThrough({ command: "nsenter", words, environment: process.env }),
    ),
  );
}
