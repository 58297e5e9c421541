import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { controlClient, liveStatus, type ControlClient } from "../../localAws/live";
import { nodeHooks, repository } from "../workplace";

const exec = promisify(execFile);

/** An emulator with a live region and settings of its own. */
export class BenchLab {
  private constructor(
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param environment is added to this process's. */
  static async open(environment: NodeJS.ProcessEnv = {}): Promise<BenchLab> {
    const folder = await mkdtemp(path.join(tmpdir(), "bench-live-"));
    await copyFile(path.join(repository, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
    return new BenchLab(folder, environment);
  }

  /** Adds a stack with the settings of the stack `local`, some of them replaced. */
  async addStack(name: string, replaced: Readonly<Record<string, string>>): Promise<void> {
    let text = await readFile(path.join(repository, "Pulumi.local.yaml"), "utf8");
    for (const [from, to] of Object.entries(replaced)) {
      if (!text.includes(from)) throw new Error(`Pulumi.local.yaml has no \`${from}\`.`);
      text = text.replace(from, to);
    }
    await writeFile(path.join(this.folder, `Pulumi.${name}.yaml`), text);
  }

  /** Runs a command of `npm run local`. @returns its standard output */
  async command(...words: readonly string[]): Promise<string> {
    const program = path.join(repository, "local/main.ts");
    const places = ["--port", "0", "--folder", path.join(this.folder, "local"), "--settings", this.folder];
    const args = ["--require", nodeHooks, program, ...places, ...words];
    const env = { ...process.env, ...this.environment };
    const { stdout } = await exec(process.execPath, args, { cwd: repository, maxBuffer: 2 ** 26, env });
    return stdout;
  }

  get control(): ControlClient {
    return controlClient(this.emulator);
  }

  /** The process that started the box. */
  get hostPid(): number {
    const live = liveStatus(this.emulator);
    if (!live.running) throw new Error("The live region has ended.");
    return live.pid;
  }

  async close(): Promise<void> {
    await this.command("stop");
    await rm(this.folder, { recursive: true, force: true });
  }

  private get emulator(): string {
    return path.join(this.folder, "local", "emulator");
  }
}
