import { Failure } from "../../../cli/failure";
import type { Machines } from "../machines/machines";
import type { RouteAnswer, Routes } from "./part";

/** The unit that uses a machine's CPUs. */
const loadUnit = "load";
/** One process for each CPU: what the course types on a server. */
const loadCommand = 'for cpu in $(seq "$(nproc)"); do yes > /dev/null & done; wait';
const journalLines = 500;

/** What users do with a machine beside AWS's API. */
export function machineRoutes(machines: Machines): Routes {
  const run = async (id: string, command: readonly string[]): Promise<string> => {
    const { exitCode, output } = await machines.run(id, command);
    if (exitCode !== 0) throw new Failure(`${command.join(" ")} failed on ${id}: ${output.trim()}`, "");
    return output;
  };
  const done = (id: string): RouteAnswer => ({ json: { id } });
  return {
    "GET /machines": () => ({
      json: machines.list().map(({ init, ...rest }) => ({ ...rest, initPid: init })),
    }),
    "GET /machines/:id/console": ({ id }) => ({ text: machines.console(id) }),
    "GET /machines/:id/journal": async ({ id }) => ({
      text: await run(id, ["journalctl", "--no-pager", "--lines", String(journalLines)]),
    }),
    "POST /machines/:id/load": async ({ id }) => {
      // A second call finds the unit and changes nothing.
      const start = `systemctl is-active --quiet ${loadUnit} || systemd-run --quiet --collect --unit ${loadUnit} sh -c '${loadCommand}'`;
      await run(id, ["sh", "-c", start]);
      return done(id);
    },
    "POST /machines/:id/unload": async ({ id }) => {
      await run(id, ["sh", "-c", `systemctl stop ${loadUnit} 2>/dev/null || true`]);
      return done(id);
    },
    "POST /machines/:id/kill": async ({ id }) => {
      await machines.cut(id);
      return done(id);
    },
    "POST /machines/:id/run": async ({ id, body }) => {
      const { exitCode, output } = await machines.run(id, ["sh", "-c", await body()]);
      return { json: { exitCode, output } };
    },
  };
}
