import { createHash } from "node:crypto";
import { join } from "node:path";

import type { Image } from "../../images/image";
import type { Part, PartContext, Routes } from "../../region/part";
import type { TargetHealth } from "../../reports";
import type { Place, World } from "../../world";
import type { Attachments } from "../attachments";
import type { Authority } from "../authority";
import { EngineRoot } from "../engineRoot";
import { Balancer, type BalancerStatus } from "./balancer";
import { desiredOf, type Desired } from "./desired";

export interface LoadBalancersOptions {
  readonly context: PartContext;
  readonly authority: Authority;
  readonly network: Attachments;
  /** The infrastructure image, which contains HAProxy. */
  readonly image: Image;
  /** How many seconds a minute of CloudWatch takes; 60 is AWS's. */
  readonly secondsPerMinute: number;
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

  private readonly folder: string;
  private opening: Promise<EngineRoot> | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: LoadBalancersOptions) {
    this.folder = join(options.context.sockets, "lb");
    const { secondsPerMinute } = options;
    this.timer = setInterval(() => {
      this.reportMetrics(Date.now(), secondsPerMinute < 60 ? 1 : 60);
    }, secondsPerMinute * 1_000);
  }

  readonly routes: Routes = {
    "GET /balancers": () => ({ json: this.status() }),
    /** The certificate authority that a visitor of HTTPS trusts. */
    "GET /authority": () => ({ text: this.options.authority.bundle }),
  };

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
      await this.options.network.detach(owner);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    const all = [...this.running.values()];
    this.running.clear();
    await Promise.all(all.map(({ balancer }) => balancer.stop()));
    await (await this.opening)?.close();
  }

  private async put(place: Place, desired: Desired): Promise<void> {
    const { context, network } = this.options;
    const { arn, vpcId, interfaces } = desired.loadBalancer;
    // Names of interfaces and paths of sockets are short.
    const id = createHash("sha256").update(arn).digest("hex").slice(0, 8);
    const owner = `alb-${id}`;
    const namespace = await network.attach(owner, vpcId, interfaces);
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
        engine: await this.engine(),
        namespace,
        folder: join(this.folder, id),
      },
      complete,
    );
    this.running.set(arn, { owner, balancer });
  }

  /** HAProxy's root file system. It has the folder of sockets on the same path. */
  private async engine(): Promise<EngineRoot> {
    const { context, image } = this.options;
    this.opening ??= EngineRoot.open(image, join(context.folder, "loadBalancers"), {
      [this.folder]: this.folder,
    }).catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return await this.opening;
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
