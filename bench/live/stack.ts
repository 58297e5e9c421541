import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { z } from "../../cli/json";
import { controlClient, dial, liveStatus, type ControlClient } from "../../localAws/live";
import { repository } from "../workplace";

const exec = promisify(execFile);
const upSchema = z.object({
  site: z.string(),
  outputs: z.object({ loadBalancerDnsName: z.string(), autoScalingGroupName: z.string() }),
});
const dnsSchema = z.object({ addresses: z.array(z.string()) });

const balancersSchema = z.array(
  z.object({ groups: z.array(z.object({ healthy: z.number(), unhealthy: z.number() })) }),
);
const machinesSchema = z.array(z.object({ id: z.string(), initPid: z.int().nullable() }));

/** The live stack `local` in a folder of its own. */
export class BenchStack {
  private outputs: z.output<typeof upSchema>["outputs"] | undefined;

  private constructor(
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param environment is added to this process's. */
  static async open(environment: NodeJS.ProcessEnv = {}): Promise<BenchStack> {
    return new BenchStack(await mkdtemp(path.join(tmpdir(), "bench-live-")), environment);
  }

  async command(...words: readonly string[]): Promise<string> {
    const program = path.join(repository, "local/main.ts");
    const hooks = path.join(repository, "nodeHooks/register.cjs");
    const args = ["--require", hooks, program, "--port", "0", "--folder", this.folder, ...words];
    const env = { ...process.env, ...this.environment };
    const { stdout } = await exec(process.execPath, args, { cwd: repository, maxBuffer: 2 ** 26, env });
    return stdout;
  }

  /** @returns the site's address, after its first page */
  async up(): Promise<string> {
    const { site, outputs } = upSchema.parse(JSON.parse(await this.command("up", "--live", "--json")));
    this.outputs = outputs;
    const answer = await fetch(site);
    if (answer.status !== 200) throw new Error(`The first page of ${site} has status ${answer.status}.`);
    await answer.text();
    return site;
  }

  /** The load balancer's name, and one of its public addresses. */
  async loadBalancer(): Promise<{ readonly host: string; readonly address: string }> {
    const host = this.outputs?.loadBalancerDnsName ?? "";
    const { addresses } = await this.control.get(`/dns?name=${host}`, dnsSchema);
    return { host, address: addresses[0] ?? "" };
  }

  async dial(address: string, port: number): Promise<Socket> {
    return await dial(this.emulator, address, port);
  }

  /** As a student sizes the group by hand. */
  async setDesired(count: number): Promise<void> {
    await this.command(
      ...["aws", "autoscaling", "set-desired-capacity", "--desired-capacity", String(count)],
      ...["--auto-scaling-group-name", this.outputs?.autoScalingGroupName ?? ""],
    );
  }

  private get emulator(): string {
    return path.join(this.folder, "emulator");
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

  /** Machines that are on. */
  async machines(): Promise<readonly string[]> {
    const all = await this.control.get("/machines", machinesSchema);
    return all.filter(({ initPid }) => initPid !== null).map(({ id }) => id);
  }

  async healthy(): Promise<number> {
    const balancers = await this.control.get("/balancers", balancersSchema);
    return balancers[0]?.groups[0]?.healthy ?? 0;
  }

  async close(): Promise<void> {
    await this.command("stop");
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Waits for the condition. @returns the seconds that it took */
export async function secondsUntil(
  what: string,
  limitSeconds: number,
  condition: () => Promise<boolean>,
): Promise<number> {
  const started = performance.now();
  for (;;) {
    const elapsed = (performance.now() - started) / 1000;
    if (await condition()) return elapsed;
    if (elapsed > limitSeconds) throw new Error(`Not within ${limitSeconds} s: ${what}`);
    await sleep(200);
  }
}
