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
 * Serves policy packs, each in a process of its own, as their SDK wants it. They start beside whatever else
 * a run prepares, which the engine, that would start them itself, could not do.
 *
 * @param packFolders folders with a `package.json` whose `main` is the pack
 * @param workFolder where the executables for the engine are put
 * @throws Failure when a pack does not start, with what it said
 */
export async function servePacks(packFolders: readonly string[], workFolder: string): Promise<ServedPacks> {
  const servers = packFolders.map((folder) => ({ folder, server: startServer(folder) }));
  const stop = () => {
    // Ends at the end of its input, as it also does when this process is killed.
    for (const { server } of servers) server.stdin?.end();
  };
  try {
    await mkdir(workFolder, { recursive: true });
    const packs = await Promise.all(
      servers.map(async ({ folder, server }) => {
        const port = await portOf(server, folder);
        return { executable: await writeExecutable(workFolder, path.basename(folder), port) };
      }),
    );
    return { packs, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function startServer(folder: string): ChildProcess {
  const quickStart = path.join(__dirname, "quickStart.cjs");
  const server = path.join(__dirname, "policyServer.cjs");
  return spawn(process.execPath, ["--require", quickStart, server, folder], {
    cwd: folder,
    // A group of its own: Ctrl-C is for the engine, which still asks the policies while it winds up.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** The first line of a pack's output is its port. */
async function portOf(server: ChildProcess, folder: string): Promise<number> {
  const { stdout, stderr } = server;
  if (stdout === null || stderr === null) throw new Error("a policy server without pipes");
  let said = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const lines = createInterface({ input: stdout });
  const ended = new AbortController();
  server.once("close", () => {
    ended.abort();
  });
  try {
    let firstLine = "";
    lines.once("line", (line) => {
      firstLine = line;
    });
    await once(lines, "line", { signal: ended.signal });
    const port = Number(firstLine);
    if (Number.isInteger(port) && port > 0) return port;
    said += firstLine;
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  }
  throw new Failure(
    `The policy pack ${path.basename(folder)} did not start: ${said.trim()}`,
    `Try it by itself: cd ${folder} && node .`,
  );
}

async function writeExecutable(folder: string, pack: string, port: number): Promise<string> {
  const file = path.join(folder, pack);
  // A file that is being executed cannot be written over.
  await rm(file, { force: true });
  await writeFile(file, `#!/bin/sh\necho ${port}\n`, { mode: 0o755 });
  return file;
}
