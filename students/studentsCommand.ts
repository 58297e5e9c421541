import { npmCommand, type GivenOptions } from "../cli/shellCommand";
import type { Invocation } from "./commandLine";
import { shardText } from "./roster/shard";

/** The same command for the user to paste: the options of this run and the given ones. `--yes` is not repeated. */
export function studentsCommand(invocation: Invocation, more: GivenOptions = {}): string {
  const { command, roster, local, port, folder, parallel, only, shard } = invocation;
  const given = {
    local,
    port,
    folder,
    parallel,
    only: only?.join(","),
    shard: shard === undefined ? undefined : shardText(shard),
  };
  return npmCommand("students", [command, roster], { ...given, ...more });
}
