import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";

import { Failure } from "../failure";

/** A policy pack that is being served. */
export interface ServedPack {
  /** An executable that hands the engine the pack's port: what `--policy-pack` takes. */
  readonly executable: string;
}

/** The packs that hold a run. */
export interface ServedPacks {
  readonly packs: readonly ServedPack[];
  readonly stop: () => void;
}

/**
 * Serves policy packs, all in one process of their own. It starts beside whatever else a run prepares, which the
 * engine, that would start one for each pack itself, could not do.
 *
 * @param packFolders folders with a `package.json` whose `main` is the pack
 * @param workFolder where the executables for the engine are put
 * @throws Failure when a pack does not start, with what it said
 */
export async function servePacks(packFolders: readonly string[], workFolder: string): Promise<ServedPacks> {
  if (packFolders.length === 0) return { packs: [], stop: () => undefined };
  const server = startServer(packFolders);
  const stop = () => {
    // Ends at the end of its input, as it also does when this process is killed.
    server.stdin?.end();
  };
  try {
    await mkdir(workFolder, { recursive: true });
    const ports = await portsOf(server, packFolders);
    const packs = await Promise.all(
      packFolders.map(async (folder) => ({
        executable: await writeExecutable(workFolder, path.basename(folder), ports.get(folder)),
      })),
    );
    return { packs, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function startServer(packFolders: readonly string[]): ChildProcess {
  const quickStart = path.join(__dirname, "../../quickStart/quickStart.cjs");
  const server = path.join(__dirname, "policyServer.cjs");
  return spawn(process.execPath, ["--require", quickStart, server, ...packFolders], {
    // A group of its own: Ctrl-C is for the engine, which still asks the policies while it winds up.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Each line of the server's output is a pack's port, in the order of their folders. */
async function portsOf(
  server: ChildProcess,
  packFolders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { stdout, stderr } = server;
  if (stdout === null || stderr === null) throw new Error("a policy server without pipes");
  let said = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const closed = once(server, "close");
  const ports = new Map<string, string>();
  const waiting = [...packFolders];
  for await (const line of createInterface({ input: stdout })) {
    const [folder] = waiting;
    if (folder === undefined || !/^\d+$/.test(line)) {
      said += line;
      break;
    }
    ports.set(folder, line);
    waiting.shift();
    if (waiting.length === 0) return ports;
  }
  server.kill();
  await closed;
  const [failed = ""] = waiting;
  throw new Failure(
    `The policy pack ${path.basename(failed)} did not start: ${said.trim()}`,
    `Try it by itself: cd ${failed} && node .`,
  );
}

async function writeExecutable(folder: string, pack: string, port = ""): Promise<string> {
  const file = path.join(folder, pack);
  // A file that is being executed cannot be written over.
  await rm(file, { force: true });
  await writeFile(file, `#!/bin/sh\necho ${port}\n`, { mode: 0o755 });
  return file;
}
