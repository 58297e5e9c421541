import { messageOf } from "../../../../cli/failure";
import type { RegionEvent } from "../../region/part";
import type { Report } from "../../reports";
import { compileConfig, type Config } from "./config";
import { countersBackend } from "./counters";
import type { Desired } from "./desired";
import { Haproxy, type Engine } from "./haproxy";
import { Loop } from "./loop";
import { metricData, metricsNamespace } from "./metrics";
import { RateWindow, type Rates } from "./rates";
import { parseCounters, parseStats, type StatRow } from "./runtime";
import {
  addCommands,
  changesOf,
  checkedTargets,
  configuredTargets,
  drainCommands,
  endCommands,
  groupHealth,
  healthCommand,
  isInService,
  keyOf,
  removeCommands,
  restoreCommand,
  type Tracked,
} from "./targets";
import { countsSince, Totals, type Counts } from "./totals";

export interface BalancerOptions {
  readonly place: { readonly accountId: string; readonly region: string };
  readonly engine: Engine;
  readonly namespace: string;
  /** A short path: it has Unix sockets. */
  readonly folder: string;
  readonly report: (report: Report) => void;
  readonly event: (event: RegionEvent) => void;
  readonly log: (line: string) => void;
}

export interface DesiredBalancer extends Desired {
  /** Certificate and key in PEM, by the certificate's ARN. */
  readonly certificates: ReadonlyMap<string, string>;
}

export interface BalancerStatus {
  readonly arn: string;
  readonly name: string;
  /** Per second. */
  readonly rates: Rates;
  readonly connections: number;
  readonly groups: readonly { readonly arn: string; readonly healthy: number; readonly unhealthy: number }[];
}

/** A target's first check is soon over, and so are the connections of one that is removed. */
const milliseconds = { changing: 200, steady: 1_000, failed: 500 } as const;

/** One load balancer: HAProxy, its targets with their health, and its counters. */
export class Balancer {
  private readonly haproxy: Haproxy;
  private readonly loop: Loop;
  private readonly tracked = new Map<string, Tracked>();
  private readonly reported = new Map<string, string>();
  private readonly totals = new Totals();
  private readonly window = new RateWindow();
  private metricsBefore: Counts = new Map();
  private rows: readonly StatRow[] = [];
  private structure = "";
  private isRemoving = false;

  constructor(
    private readonly options: BalancerOptions,
    private desired: DesiredBalancer,
  ) {
    this.loop = new Loop(() => this.tryStep());
    this.haproxy = new Haproxy({
      ...options,
      line: (text) => {
        // A change of a target's health is a line.
        if (/ is (?:UP|DOWN)/.test(text)) this.loop.poke();
        else if (/ALERT|WARNING/.test(text)) this.log(text);
      },
      died: (how) => {
        this.log(`HAProxy ended (${how}) and starts again`);
        this.loop.poke();
      },
    });
  }

  update(desired: DesiredBalancer): void {
    this.desired = desired;
    this.loop.poke();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.haproxy.stop();
  }

  /** Reports the metrics of the period that ends now. */
  reportMetrics(at: number, storageResolution: number): void {
    const counts = countsSince(this.totals.counts, this.metricsBefore);
    this.metricsBefore = this.totals.counts;
    const { connections, groups } = this.status();
    const loadBalancerArn = this.desired.loadBalancer.arn;
    const data = metricData({ loadBalancerArn, groups, counts, connections, at, storageResolution });
    this.options.report({ kind: "metrics", ...this.options.place, namespace: metricsNamespace, data });
  }

  status(): BalancerStatus {
    const { arn, name } = this.desired.loadBalancer;
    const tracked = [...this.tracked.values()];
    return {
      arn,
      name,
      rates: this.window.rates(),
      connections: this.rows
        .filter(({ server }) => server !== "BACKEND")
        .reduce((sum, { sessions }) => sum + sessions, 0),
      groups: this.desired.groups.map(({ group }) => {
        const count = (state: string): number =>
          tracked.filter((each) => each.group.arn === group.arn && each.health.state === state).length;
        return { arn: group.arn, healthy: count("healthy"), unhealthy: count("unhealthy") };
      }),
    };
  }

  private log(text: string): void {
    this.options.log(`${this.desired.loadBalancer.name}: ${text}`);
  }

  private async tryStep(): Promise<number> {
    try {
      await this.step(this.desired);
      const initial = [...this.tracked.values()].some(({ health }) => health.state === "initial");
      return initial || this.isRemoving ? milliseconds.changing : milliseconds.steady;
    } catch (error) {
      this.log(messageOf(error));
      // The next step gives HAProxy its whole configuration.
      this.structure = "";
      return milliseconds.failed;
    }
  }

  private async step(desired: DesiredBalancer): Promise<void> {
    await this.configure(desired);
    await this.changeTargets(desired);
    await this.read();
    await this.applyHealth();
    this.reportHealth(desired);
  }

  private compile(
    { loadBalancer, groups, certificates }: DesiredBalancer,
    tracked: Iterable<Tracked>,
  ): Config {
    const targetGroups = groups.map(({ group }) => group);
    const { folder } = this.options;
    return compileConfig({
      loadBalancer,
      targetGroups,
      targets: configuredTargets(tracked),
      certificates,
      folder,
    });
  }

  /** Starts HAProxy, or reloads it when more than its targets changed. */
  private async configure(desired: DesiredBalancer): Promise<void> {
    const structure = JSON.stringify(this.compile(desired, []));
    if (this.haproxy.running && structure === this.structure) return;
    // An old worker ends the requests of targets that drain.
    const kept = [...this.tracked.values()].filter(isInService).flatMap((each) => {
      const group = desired.groups.find(({ group: { arn } }) => arn === each.group.arn)?.group;
      return group === undefined ? [] : [{ ...each, group }];
    });
    const config = this.compile(desired, kept);
    if (this.haproxy.running) {
      await this.read();
      await this.haproxy.reload(config);
    } else {
      await this.haproxy.start(config);
    }
    this.structure = structure;
    this.totals.restart();
    this.tracked.clear();
    for (const each of kept) this.tracked.set(keyOf(each), each);
    await this.command(kept.map(restoreCommand));
    const { arn } = desired.loadBalancer;
    this.options.report({ kind: "loadBalancer", ...this.options.place, arn, state: "active" });
  }

  private async changeTargets({ groups }: DesiredBalancer): Promise<void> {
    const { added, drained, removed } = changesOf(this.tracked, groups);
    for (const each of drained) {
      await this.command(drainCommands(each));
      this.tracked.set(keyOf(each), each);
    }
    this.isRemoving = false;
    for (const each of removed) {
      await this.command([...drainCommands(each), ...endCommands(each)]);
      // HAProxy keeps a server until its last connection is closed.
      const answer = await this.haproxy.ask(removeCommands(each));
      if (!/still has connections|attached/i.test(answer)) this.tracked.delete(keyOf(each));
      else this.isRemoving = true;
    }
    for (const each of added) {
      await this.command(addCommands(each));
      this.tracked.set(keyOf(each), each);
    }
  }

  private async read(): Promise<void> {
    const answer = await this.haproxy.ask(["show stat", `show table ${countersBackend}`]);
    this.rows = parseStats(answer);
    this.totals.add(parseCounters(answer));
    this.window.add(Date.now(), this.totals.counts);
  }

  private async applyHealth(): Promise<void> {
    for (const each of checkedTargets(this.tracked.values(), this.rows)) {
      await this.command([healthCommand(each)]);
      this.tracked.set(keyOf(each), each);
      const { state, description } = each.health;
      const text = `${state} in ${each.group.name}${description === null ? "" : `: ${description}`}`;
      this.options.event({ kind: "target", id: each.target.id, text });
    }
  }

  private reportHealth({ groups }: DesiredBalancer): void {
    for (const desired of groups) {
      const { arn } = desired.group;
      const health = groupHealth(desired, this.tracked, this.rows);
      const text = JSON.stringify(health);
      if (this.reported.get(arn) === text) continue;
      this.reported.set(arn, text);
      this.options.report({ kind: "targets", ...this.options.place, targetGroupArn: arn, health });
    }
  }

  private async command(commands: readonly string[]): Promise<void> {
    if (commands.length === 0) return;
    const answer = await this.haproxy.ask(commands);
    const problem = answer.replaceAll("New server registered.", "").trim();
    if (problem !== "") throw new Error(`HAProxy refused ${commands.join("; ")}: ${problem}`);
  }
}
