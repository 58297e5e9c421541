import type { EmulatorApi } from "../../../localAws/emulator";
import type { Report, TargetHealth } from "../../../localAws/live/reports";
import type { Instance, Place } from "../../../localAws/live/world";
import { eventually } from "../../support/eventually";
import { present } from "./fleet";

/** A live region, in one account, whose reports a test sends. */
export interface TestRegion {
  /** The account and region of reports. */
  readonly at: { readonly accountId: string; readonly region: string };
  readonly place: () => Promise<Place>;
  readonly instance: (id: string) => Promise<Instance>;
  /** The instances of a state, once there are as many. */
  readonly untilInstances: (state: string, count: number) => Promise<readonly Instance[]>;
  readonly report: (...reports: readonly Report[]) => Promise<void>;
  readonly reportInstance: (
    id: string,
    state: "running" | "stopped" | "terminated",
    more?: { readonly byItself: boolean },
  ) => Promise<void>;
  readonly reportHealth: (
    targetGroupArn: string,
    health: Readonly<Record<string, TargetHealth>>,
  ) => Promise<void>;
}

export const healthy: TargetHealth = { state: "healthy", reason: null, description: null };
export const unhealthy: TargetHealth = {
  state: "unhealthy",
  reason: "Target.ResponseCodeMismatch",
  description: "Health checks failed with these codes: [500]",
};

export function testRegion(api: EmulatorApi, accountId: string): TestRegion {
  const at = { accountId, region: "us-east-1" };
  const place = async () => {
    // As a real region's, the request renews the lease.
    const { places } = await api.world({ live: "test" });
    return present(places.find((candidate) => candidate.accountId === accountId));
  };
  return {
    at,
    place,
    report: (...reports) => api.report(reports),
    instance: async (id) => present((await place()).instances.find((candidate) => candidate.id === id)),
    untilInstances: (state, count) =>
      eventually(`${count} instances that are ${state}`, async () => {
        const found = (await place()).instances.filter((instance) => instance.state === state);
        return found.length === count ? found : undefined;
      }),
    reportInstance: (id, state, more = { byItself: false }) =>
      api.report([{ ...at, kind: "instance", id, state, ...more }]),
    reportHealth: (targetGroupArn, health) =>
      api.report([{ ...at, kind: "targets", targetGroupArn, health }]),
  };
}
