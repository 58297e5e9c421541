import { createHash } from "node:crypto";
import { join } from "node:path";

import type { Part, PartContext, Routes } from "../../region/part";
import type { TargetHealth } from "../../reports";
import type { Interface, Place, World } from "../../world";
import type { Authority } from "../authority";
import { Balancer, type BalancerStatus } from "./balancer";
import { desiredOf, type Desired } from "./desired";
import type { Engine } from "./haproxy";

/** What load balancers need from the network. */
export interface Attachments {
  /** @returns the name of the owner's network namespace */
  readonly attach: (owner: string, vpcId: string, interfaces: readonly Interface[]) => Promise<string>;
  readonly detach: (owner: string) => Promise<void>;
}

export interface LoadBalancersOptions {
  readonly context: PartContext;
  readonly attachments: Attachments;
  readonly authority: Authority;
  /** Programs of the infrastructure image. It sees {@link loadBalancersFolder} on the same path. */
  readonly engine: Engine;
}

/** The folder of the load balancers' files and sockets. */
export function loadBalancersFolder({ sockets }: PartContext): string {
  return join(sockets, "lb");
}

interface Running {
  readonly owner: string;
  readonly balancer: Balancer;
}

/** Application load balancers as HAProxy. */
export class LoadBalancers implements Part {
  readonly name = "loadBalancers";
  private readonly running = new Map<string, Running>();
  private readonly reportedUnused = new Map<string, string>();

  constructor(private readonly options: LoadBalancersOptions) {}

  readonly routes: Routes = { "GET /balancers": () => ({ json: this.status() }) };

  /** Requests and errors per second, and the targets' health, by load balancer. */
  status(): readonly BalancerStatus[] {
    return [...this.running.values()].map(({ balancer }) => balancer.status());
  }

  /** Reports the metrics of the period that ends now. */
  reportMetrics(at: number, storageResolution: number): void {
    for (const { balancer } of this.running.values()) balancer.reportMetrics(at, storageResolution);
  }

  async reconcile({ places }: World): Promise<void> {
    const there = new Set<string>();
    for (const place of places) {
      const { balancers, unused } = desiredOf(place);
      for (const desired of balancers) {
        there.add(desired.loadBalancer.arn);
        await this.put(place, desired);
        for (const { group } of desired.groups) this.reportedUnused.delete(group.arn);
      }
      for (const { arn, health } of unused) this.reportUnused(place, arn, health);
    }
    for (const [arn, { owner, balancer }] of this.running) {
      if (there.has(arn)) continue;
      this.running.delete(arn);
      await balancer.stop();
      await this.options.attachments.detach(owner);
    }
  }

  async stop(): Promise<void> {
    const all = [...this.running.values()];
    this.running.clear();
    await Promise.all(all.map(({ balancer }) => balancer.stop()));
  }

  private async put(place: Place, desired: Desired): Promise<void> {
    const { context, attachments, engine } = this.options;
    const { arn, vpcId, interfaces } = desired.loadBalancer;
    // Names of interfaces and paths of sockets are short.
    const id = createHash("sha256").update(arn).digest("hex").slice(0, 8);
    const owner = `alb-${id}`;
    const namespace = await attachments.attach(owner, vpcId, interfaces);
    const complete = { ...desired, certificates: await this.certificates(place, desired) };
    const running = this.running.get(arn);
    if (running !== undefined) {
      running.balancer.update(complete);
      return;
    }
    const { accountId, region } = place;
    const balancer = new Balancer(
      {
        ...context,
        place: { accountId, region },
        engine,
        namespace,
        folder: join(loadBalancersFolder(context), id),
      },
      complete,
    );
    this.running.set(arn, { owner, balancer });
  }

  private async certificates(place: Place, { loadBalancer }: Desired): Promise<ReadonlyMap<string, string>> {
    const arns = new Set(loadBalancer.listeners.flatMap(({ certificateArns }) => certificateArns));
    const entries = await Promise.all(
      place.certificates
        .filter(({ arn }) => arns.has(arn))
        .map(async ({ arn, names }) => {
          const { certificate, key } = await this.options.authority.issue(names);
          return [arn, certificate + key] as const;
        }),
    );
    return new Map(entries);
  }

  private reportUnused(
    { accountId, region }: Place,
    targetGroupArn: string,
    health: Readonly<Record<string, TargetHealth>>,
  ): void {
    const text = JSON.stringify(health);
    if (this.reportedUnused.get(targetGroupArn) === text) return;
    this.reportedUnused.set(targetGroupArn, text);
    this.options.context.report({ kind: "targets", accountId, region, targetGroupArn, health });
  }
}
