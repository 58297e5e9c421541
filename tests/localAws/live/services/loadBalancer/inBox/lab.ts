/** A VPC without rules for tests of load balancers in a box: a bridge, targets and clients. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { request, type IncomingHttpHeaders, type RequestOptions } from "node:http";
import { request as requestTls } from "node:https";
import { join } from "node:path";

import { run, waitFor } from "../../../../../../localAws/live/command";
import { cachedImages } from "../../../../../../localAws/live/images/images";
import type { Report, TargetHealth } from "../../../../../../localAws/live/reports";
import { Authority } from "../../../../../../localAws/live/services/authority";
import { LoadBalancers } from "../../../../../../localAws/live/services/loadBalancer/loadBalancers";
import type { LoadBalancer, TargetGroup, World } from "../../../../../../localAws/live/world";
import { exampleWorld } from "../../../../../support/exampleWorld";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export const balancerAddress = "10.20.64.4";

export class Lab {
  private readonly targets = new Map<string, ChildProcess>();
  readonly reports: Report[] = [];
  readonly events: string[] = [];
  private number = 0;

  private constructor(
    readonly world: World,
    readonly balancers: LoadBalancers,
    readonly authority: Authority,
  ) {}

  static async make(): Promise<Lab> {
    const folder = mkdtempSync("/run/lb-");
    const sockets = mkdtempSync("/run/s-");
    mkdirSync("/run/netns", { recursive: true });
    await run(["ip", "link", "set", "lo", "up"]);
    await run(["ip", "link", "add", "br0", "address", "02:00:00:00:00:01", "type", "bridge"]);
    await run(["ip", "address", "add", "10.20.0.1/16", "dev", "br0"]);
    await run(["ip", "link", "set", "br0", "up"]);
    const images = await cachedImages();
    if (images === undefined) {
      throw new Error("The images are not in the cache. Run `npm run local -- --live` once.");
    }
    const authority = await Authority.open(join(folder, "authority"));
    const lab: Lab = new Lab(
      exampleWorld(),
      new LoadBalancers({
        context: {
          folder,
          sockets,
          endpoint: "",
          report: (report) => lab.reports.push(report),
          event: ({ id, text }) => lab.events.push(`${id} ${text}`),
          log: (line) => lab.events.push(line),
        },
        authority,
        image: images.infra,
        secondsPerMinute: 3_600,
        network: {
          attach: async (owner, _vpcId, interfaces) => {
            await plug(
              owner,
              interfaces.map(({ privateIp }) => privateIp),
            );
            return owner;
          },
          listen: () => Promise.reject(new Error("A load balancer needs no server.")),
          detach: async (owner) => {
            await run(["ip", "netns", "delete", owner]);
          },
        },
      }),
      authority,
    );
    return lab;
  }

  get place() {
    const [place] = this.world.places;
    if (place === undefined) throw new Error("The example has no place.");
    return place;
  }

  get loadBalancer(): LoadBalancer {
    const [loadBalancer] = this.place.loadBalancers;
    if (loadBalancer === undefined) throw new Error("The example has no load balancer.");
    return loadBalancer;
  }

  get group(): TargetGroup {
    const [group] = this.place.targetGroups;
    if (group === undefined) throw new Error("The example has no target group.");
    return group;
  }

  /** The private address of an instance. */
  addressOf(id: string): string {
    return this.place.instances.find((each) => each.id === id)?.interfaces[0]?.privateIp ?? "";
  }

  async reconcile(): Promise<void> {
    this.number += 1;
    await this.balancers.reconcile({ ...structuredClone(this.world), number: this.number });
  }

  /** Connects an instance without a web server: its port refuses connections. */
  async plugTarget(id: string): Promise<void> {
    await plug(id, [this.addressOf(id)]);
  }

  /** Starts the web server of an instance, in its own network namespace. */
  async startTarget(id: string, port = 80): Promise<void> {
    const address = this.addressOf(id);
    await this.plugTarget(id);
    const server = join(__dirname, "testServer.cjs");
    const child = spawn("ip", ["netns", "exec", id, process.execPath, server, address, String(port), id]);
    this.targets.set(id, child);
    await new Promise((resolve) => child.stdout.once("data", resolve));
  }

  say(id: string, line: string): void {
    this.targets.get(id)?.stdin?.write(`${line}\n`);
  }

  /** Ends the web server: its port refuses connections. */
  async stopTarget(id: string): Promise<void> {
    const child = this.targets.get(id);
    this.targets.delete(id);
    const exit = new Promise((resolve) => child?.once("exit", resolve));
    child?.kill("SIGKILL");
    await exit;
  }

  /** Cuts the cable: nothing answers. */
  async cut(id: string): Promise<void> {
    await run(["ip", "link", "set", linkOf(id), "down"]);
  }

  health(): Readonly<Record<string, TargetHealth>> {
    const last = this.reports.filter((each) => each.kind === "targets").at(-1);
    return last?.health ?? {};
  }

  async waitForHealth(id: string, state: string, seconds = 30): Promise<TargetHealth> {
    return await waitFor(`${id} is ${state}`, seconds, () => {
      const health = this.health()[id];
      if (health?.state === state) return health;
      throw new Error(`it is: ${JSON.stringify(health)}; ${this.events.join("; ")}`);
    });
  }

  async visit(path: string, options: RequestOptions & { readonly tls?: boolean } = {}): Promise<Answer> {
    return await new Promise((resolve, reject) => {
      const { tls = false, ...rest } = options;
      const visitor = tls ? requestTls : request;
      const sent = visitor({ host: balancerAddress, path, agent: false, ...rest }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (body += chunk));
        response.once("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
        response.once("error", reject);
      });
      sent.once("error", reject);
      sent.end();
    });
  }

  async stop(): Promise<void> {
    await this.balancers.stop();
    for (const child of this.targets.values()) child.kill("SIGKILL");
  }
}

const plugged = new Set<string>();

function linkOf(name: string): string {
  return `v${name.slice(-12)}`;
}

async function plug(name: string, addresses: readonly string[]): Promise<void> {
  if (plugged.has(name)) return;
  plugged.add(name);
  await run(["ip", "netns", "add", name]);
  await run(["ip", "link", "add", linkOf(name), "type", "veth", "peer", "name", "eth0", "netns", name]);
  await run(["ip", "link", "set", linkOf(name), "master", "br0", "up"]);
  await run(["ip", "-n", name, "link", "set", "lo", "up"]);
  for (const address of addresses)
    await run(["ip", "-n", name, "address", "add", `${address}/16`, "dev", "eth0"]);
  await run(["ip", "-n", name, "link", "set", "eth0", "up"]);
}
