import type { LaunchCall, LaunchPlan } from "../../lambda/decide";
import type { Ec2 } from "../../lambda/ec2";
import type { Server } from "../../lambda/server";
import type { Settings } from "../../lambda/settings";

export const settings: Settings = {
  owner: "wordpress/test/wordpress",
  imageId: "ami-0deb1a13000000001",
  rootDeviceName: "/dev/xvda",
  instanceType: "t3.micro",
  keyPairName: undefined,
  serverCount: 2,
  maxRunningServers: 4,
  timeToLiveMinutes: 60,
  maxLatenessSeconds: 900,
  subnetIds: ["subnet-0a", "subnet-0b"],
  securityGroupIds: ["sg-01"],
  serverTags: { Team: "web" },
};

/** An error as the AWS SDK throws it: its name is EC2's code. */
export function ec2Error(code: string): Error {
  return Object.assign(new Error(`${code} happened`), { name: code });
}

export interface FakeEc2Options {
  /** Awaited before each request, so that a test can choose the order of requests. */
  readonly turn?: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
}

/** EC2's idempotency in memory: one set of servers per client token; another request with the same token is refused. */
export class FakeEc2 implements Ec2 {
  servers: readonly Server[] = [];
  /** Errors of the next requests, by subnet or server id. */
  readonly failures = new Map<string, Error>();
  private readonly known = new Map<string, { readonly asked: string; readonly ids: readonly string[] }>();
  private count = 0;

  constructor(private readonly options: FakeEc2Options = {}) {}

  get aliveIds(): readonly string[] {
    return this.servers.filter(({ state }) => state === "running").map(({ id }) => id);
  }

  async ownServers(): Promise<readonly Server[]> {
    await this.options.turn?.();
    return this.servers;
  }

  async run(plan: LaunchPlan, call: LaunchCall): Promise<readonly string[]> {
    await this.options.turn?.();
    this.failIfSet(call.subnetId);
    const asked = JSON.stringify([plan.parameters, plan.plannedAt, plan.expiresAt, call]);
    const before = this.known.get(call.clientToken);
    if (before !== undefined && before.asked !== asked) throw ec2Error("IdempotentParameterMismatch");
    if (before !== undefined) return before.ids;
    const started = Array.from({ length: call.serverCount }, () => this.start(plan, call));
    this.servers = [...this.servers, ...started];
    this.known.set(call.clientToken, { asked, ids: started.map(({ id }) => id) });
    return started.map(({ id }) => id);
  }

  async terminate(serverId: string): Promise<void> {
    await this.options.turn?.();
    this.failIfSet(serverId);
    if (this.servers.every(({ id }) => id !== serverId)) throw ec2Error("InvalidInstanceID.NotFound");
    this.servers = this.servers.map((server) =>
      server.id === serverId ? { ...server, state: "shutting-down" } : server,
    );
  }

  private start({ parameters, expiresAt }: LaunchPlan, { clientToken }: LaunchCall): Server {
    this.count += 1;
    // As in EC2, the ids do not follow the order of creation.
    const id = `i-${((this.count * 7_919) % 10_007).toString(16).padStart(4, "0")}`;
    const launchedAt = Math.floor((this.options.clock?.() ?? 0) / 1_000) * 1_000;
    return { id, state: "running", launchedAt, expiresAt, parameters, clientToken };
  }

  private failIfSet(id: string): void {
    const failure = this.failures.get(id);
    if (failure !== undefined) throw failure;
  }
}
