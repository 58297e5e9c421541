import { execFile } from "node:child_process";
import { readlinkSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { z } from "../../cli/json";
import { nodeHooks } from "../workplace";
import { descendantsOf, memoryByProcess } from "./memory";

const run = promisify(execFile);

/** A page, and where its visitors are. */
export interface Visited {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  /** The command that runs another one where the visitors are. Default: on this machine. */
  readonly at?: readonly string[];
}

/** Requests per second of 16 visitors, each with one connection, after a warm-up. @throws Error for an answer other than 200 */
export async function requestsPerSecond({ address, port, host, at = [] }: Visited): Promise<number> {
  const client = path.join(__dirname, "client.ts");
  const [program = "", ...args] = [
    ...[...at, process.execPath, "--require", nodeHooks, client],
    ...[address, `${port}`, host],
  ];
  const { stdout } = await run(program, args);
  return z.number().parse(JSON.parse(stdout));
}

/** The command that runs another one in the region's internet. */
export function inBox(hostPid: number): readonly string[] {
  const own = readlinkSync("/proc/self/ns/net");
  const inside = descendantsOf(hostPid, memoryByProcess()).find(
    ({ pid, command }) => command.includes("region/main.ts") && readlinkSync(`/proc/${pid}/ns/net`) !== own,
  );
  if (inside === undefined) throw new Error(`No process of ${hostPid} is in a box.`);
  const user = process.getuid?.() === 0 ? [] : ["--user", "--preserve-credentials"];
  return ["nsenter", `--target=${inside.pid}`, ...user, "--net"];
}
