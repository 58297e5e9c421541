import { execFile, spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { z } from "../../../../cli/json";
import { controlClient, liveStatus, type LiveStatus } from "../../../../localAws/live";
import { namePrefix } from "../../../../localAws/live/host/layout";
import type { Identity } from "../support/identity";
import { boxProcesses } from "../support/processes";
import { type Traces, tracesOf } from "../support/traces";

const nodeHooks = path.resolve(__dirname, "../../../../nodeHooks/register.cjs");
const hostProgram = path.join(__dirname, "hostProgram.ts");

const liveSchema = z.object({ pid: z.int(), sockets: z.string(), isReady: z.boolean() });
const regionSchema = z.object({ id: z.string(), bootId: z.string().nullable() });

export type Live = z.output<typeof liveSchema>;

/** An emulator and a live region of a test, used through commands of an identity. */
export class TestRegion {
  readonly folder: string;

  constructor(
    private readonly identity: Identity,
    folder?: string,
  ) {
    this.folder = folder ?? identity.makeFolder();
  }

  command(action: string, ...args: readonly string[]): readonly string[] {
    return this.identity.run([
      process.execPath,
      "--require",
      nodeHooks,
      hostProgram,
      action,
      this.folder,
      ...args,
    ]);
  }

  /** Begins a command, to be stopped in its middle. */
  begin(action: string): ChildProcess {
    const [file = "", ...args] = this.command(action);
    return spawn(file, args, { stdio: "ignore" });
  }

  async startEmulator(port = 0): Promise<{ readonly pid: number; readonly port: number }> {
    const answer = await this.run("startEmulator", this.identity.emulatorFolder, `${port}`);
    const { pid, endpoint } = z.object({ pid: z.int(), endpoint: z.string() }).parse(answer);
    return { pid, port: Number(new URL(endpoint).port) };
  }

  async start(action: "start" | "startFaster" = "start"): Promise<Live> {
    return liveSchema.parse(await this.run(action));
  }

  async stop(): Promise<boolean> {
    return z.boolean().parse(await this.run("stop"));
  }

  /** Read by this process: quicker than a command. */
  status(): LiveStatus {
    return liveStatus(this.folder);
  }

  /** What the region itself answers. */
  async region(): Promise<z.output<typeof regionSchema>> {
    return await controlClient(this.folder).get("/status", regionSchema);
  }

  /** Ends the region, the emulator and their folder. */
  async end(): Promise<void> {
    await this.run("stop");
    await this.run("stopEmulator");
  }

  traces(): Traces {
    return tracesOf(namePrefix(this.folder));
  }

  processes(): ReturnType<typeof boxProcesses> {
    return boxProcesses(this.folder);
  }

  private async run(action: string, ...args: readonly string[]): Promise<unknown> {
    const [file = "", ...rest] = this.command(action, ...args);
    const { stdout } = await promisify(execFile)(file, rest);
    return JSON.parse(stdout);
  }
}

/** Polls until the condition is true. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within 30 s: ${what}`);
    await sleep(50);
  }
}
