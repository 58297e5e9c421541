import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { configFile, statsSocket, type Config } from "./config";
import { ask } from "./runtime";

/** Runs programs of the infrastructure image. */
export interface Engine {
  /** A command of the image, in a network namespace. */
  readonly command: (command: readonly string[], namespace?: string) => readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

export interface HaproxyOptions {
  readonly engine: Engine;
  readonly namespace: string;
  /** On the same path in the engine's root. */
  readonly folder: string;
  /** Every line that HAProxy writes, e.g. about a target's health. */
  readonly line: (text: string) => void;
  /** It ended by itself. */
  readonly died: (how: string) => void;
}

const masterSocket = "master.sock";
const startSeconds = 10;

/** A process of HAProxy, with a master that replaces its worker for a new configuration: no connection is lost. */
export class Haproxy {
  private process: ChildProcess | undefined;

  constructor(private readonly options: HaproxyOptions) {}

  get running(): boolean {
    return this.process !== undefined;
  }

  async start(config: Config): Promise<void> {
    const { engine, namespace, folder, line, died } = this.options;
    rmSync(folder, { recursive: true, force: true });
    this.write(config);
    const [program = "", ...args] = engine.command(
      ["haproxy", "-W", "-S", `${join(folder, masterSocket)},mode,600`, "-f", join(folder, configFile)],
      namespace,
    );
    const child = spawn(program, args, { env: engine.environment, stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const each of lines) line(each);
      });
    }
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => {
        resolve(error.message);
      });
      child.once("exit", (code, signal) => {
        resolve(signal ?? `exit code ${code ?? 0}`);
      });
    });
    void ended.then((how) => {
      if (this.process !== child) return;
      this.process = undefined;
      died(how);
    });
    await this.answers(ended);
  }

  /** Applies a new configuration. @throws when HAProxy refuses it; the old one stays */
  async reload(config: Config): Promise<void> {
    this.write(config);
    const answer = await ask(join(this.options.folder, masterSocket), ["reload"]);
    if (!answer.includes("Success=1")) throw new Error(`HAProxy refused its configuration: ${answer}`);
  }

  async ask(commands: readonly string[]): Promise<string> {
    return await ask(join(this.options.folder, statsSocket), commands);
  }

  async stop(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child === undefined) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), 2_000);
    await exited;
    clearTimeout(kill);
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  private async answers(ended: Promise<string>): Promise<void> {
    const deadline = Date.now() + startSeconds * 1_000;
    for (;;) {
      const how = await Promise.race([ended, sleep(20)]);
      if (how !== undefined) throw new Error(`HAProxy did not start: ${how}`);
      try {
        await this.ask(["show info"]);
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  private write({ files }: Config): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.options.folder, path);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, content, { mode: 0o600 });
    }
  }
}
