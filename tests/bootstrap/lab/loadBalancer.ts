import { waitFor } from "../../../localAws/live/command";
import { targetGroupArn, type Frontend } from "./place";
import type { LabRegion } from "./region";

/** The live region's load balancer. Like AWS's, it retries no request, so a visitor sees each failure of a server. */
export class LabLoadBalancer {
  constructor(private readonly region: LabRegion) {}

  /** The targets that receive requests now, sorted by name. */
  healthy(frontend: Frontend = "quick"): readonly string[] {
    return Object.entries(this.health(frontend))
      .filter(([, { state }]) => state === "healthy")
      .map(([id]) => id.replace(/^i-/, ""))
      .sort();
  }

  async waitForHealthy(names: readonly string[], frontend: Frontend = "quick", seconds = 60): Promise<void> {
    const wanted = names.join(", ");
    await waitFor(`healthy targets are ${wanted}`, seconds, () => {
      const now = this.healthy(frontend).join(", ");
      if (now === wanted) return true;
      throw new Error(`they are: ${now}`);
    });
  }

  /** Waits until a target receives no more requests. */
  async waitUntilOut(name: string): Promise<void> {
    await waitFor(`${name} receives no requests`, 60, () =>
      this.healthy().includes(name) ? undefined : true,
    );
  }

  /** Deregisters a target: no new requests, and open ones may finish. Resolves when they have. */
  async drain(name: string): Promise<void> {
    await this.setDraining(name, true);
    await waitFor(`${name} has answered its last request`, 30, () =>
      this.frontends.every((each) => this.health(each)[`i-${name}`]?.state === "unused") ? true : undefined,
    );
  }

  /** Registers a target again. */
  async ready(name: string): Promise<void> {
    await this.setDraining(name, false);
  }

  private async setDraining(name: string, draining: boolean): Promise<void> {
    await this.region.change(({ targetGroups }) => {
      for (const { targets } of targetGroups) {
        for (const target of targets) if (target.id === `i-${name}`) target.draining = draining;
      }
    });
  }

  private get frontends(): readonly Frontend[] {
    return ["quick", "real"];
  }

  private health(frontend: Frontend) {
    return this.region.health.get(targetGroupArn(frontend)) ?? {};
  }
}
