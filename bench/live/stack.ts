import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../cli/json";
import { emulatorApi } from "../../localAws/emulator";
import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import type { BenchLab } from "./lab";

const upSchema = z.object({
  endpoint: z.string(),
  region: z.string(),
  accountId: z.string(),
  site: z.string(),
  outputs: z.object({
    loadBalancerDnsName: z.string(),
    autoScalingGroupName: z.string(),
    targetGroupArn: z.string(),
  }),
});
const dnsSchema = z.object({ addresses: z.array(z.string()) });

/** A live stack that is up. */
export class BenchStack {
  private constructor(
    private readonly lab: BenchLab,
    private readonly name: string,
    private readonly facts: z.output<typeof upSchema>,
    private readonly aws: AwsClients,
  ) {}

  /** Creates the stack, and waits for its first page. */
  static async up(lab: BenchLab, name: string): Promise<BenchStack> {
    const output = await lab.command("up", "--live", "--json", "--stack", name);
    const facts = upSchema.parse(JSON.parse(output));
    const answer = await fetch(facts.site);
    if (answer.status !== 200)
      throw new Error(`The first page of ${facts.site} has status ${answer.status}.`);
    await answer.text();
    return new BenchStack(lab, name, facts, awsClients(facts));
  }

  /** The site's address on loopback. */
  get site(): string {
    return this.facts.site;
  }

  /** The load balancer's name, and one of its public addresses. */
  async loadBalancer(): Promise<{ readonly host: string; readonly address: string }> {
    const host = this.facts.outputs.loadBalancerDnsName;
    const { addresses } = await this.lab.control.get(`/dns?name=${host}`, dnsSchema);
    return { host, address: addresses[0] ?? "" };
  }

  async load(stop = false): Promise<void> {
    await this.lab.command("load", ...(stop ? ["--stop"] : []), "--stack", this.name);
  }

  async cutPower(id: string): Promise<void> {
    await this.lab.command("kill", id, "--stack", this.name);
  }

  /** As a student sizes the group by hand. Waits until the group has exactly this many servers, all healthy. */
  async resize(sizes: {
    readonly min: number;
    readonly desired: number;
    readonly max: number;
  }): Promise<void> {
    const { min: MinSize, desired: DesiredCapacity, max: MaxSize } = sizes;
    const client = await this.aws.autoScaling();
    const AutoScalingGroupName = this.facts.outputs.autoScalingGroupName;
    await client.updateAutoScalingGroup({ AutoScalingGroupName, MinSize, DesiredCapacity, MaxSize });
    await secondsUntil(`${DesiredCapacity} healthy servers`, 240, async () => {
      const [members, healthy] = [await this.members(), await this.healthy()];
      return members.length === DesiredCapacity && members.every((id) => healthy.includes(id));
    });
  }

  async setGracePeriod(seconds: number): Promise<void> {
    const client = await this.aws.autoScaling();
    const AutoScalingGroupName = this.facts.outputs.autoScalingGroupName;
    await client.updateAutoScalingGroup({ AutoScalingGroupName, HealthCheckGracePeriod: seconds });
  }

  /** The servers of the group, also those that begin or end. */
  async members(): Promise<readonly string[]> {
    const client = await this.aws.autoScaling();
    const answer = await client.describeAutoScalingGroups({
      AutoScalingGroupNames: [this.facts.outputs.autoScalingGroupName],
    });
    return (answer.AutoScalingGroups?.[0]?.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
  }

  /** The servers that the load balancer finds healthy. */
  async healthy(): Promise<readonly string[]> {
    const client = await this.aws.elbv2();
    const { TargetGroupArn } = this.targetGroup;
    const answer = await client.describeTargetHealth({ TargetGroupArn });
    return (answer.TargetHealthDescriptions ?? []).flatMap(({ Target, TargetHealth }) =>
      TargetHealth?.State === "healthy" ? (Target?.Id ?? []) : [],
    );
  }

  /** Waits until all servers count in the group's metrics: a new one warms up first. */
  async untilWarm(): Promise<void> {
    const { endpoint, accountId, outputs } = this.facts;
    const api = emulatorApi(endpoint);
    await secondsUntil("the end of the warm-up", 600, async () => {
      const [members, groups] = [await this.members(), await api.measured(accountId)];
      const since = groups.find(({ group }) => group === outputs.autoScalingGroupName)?.since ?? {};
      return members.every((id) => (since[id] ?? Infinity) <= Date.now());
    });
  }

  /** How long the health check needs to find that a server has ended, at most. */
  async healthCheckSeconds(): Promise<number> {
    const client = await this.aws.elbv2();
    const answer = await client.describeTargetGroups({
      TargetGroupArns: [this.targetGroup.TargetGroupArn],
    });
    const group = answer.TargetGroups?.[0];
    const [interval = NaN, timeout = NaN, threshold = NaN] = [
      group?.HealthCheckIntervalSeconds,
      group?.HealthCheckTimeoutSeconds,
      group?.UnhealthyThresholdCount,
    ];
    return interval * threshold + timeout;
  }

  private get targetGroup(): { readonly TargetGroupArn: string } {
    return { TargetGroupArn: this.facts.outputs.targetGroupArn };
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
    if (await condition()) return (performance.now() - started) / 1000;
    if ((performance.now() - started) / 1000 > limitSeconds)
      throw new Error(`Not within ${limitSeconds} s: ${what}`);
    await sleep(200);
  }
}
