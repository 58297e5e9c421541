import { expect } from "chai";

import { healthCheck } from "../../../components/wordpressFleet/healthCheck";
import type { Lab } from "../lab/lab";
import { describeFailures, noFailures, startLoad, type LoadResult } from "../lab/load";
import type { Machine } from "../lab/machine";
import { frontends, quickness } from "../lab/place";
import { waitForHealth } from "../lab/visit";
import { pause } from "../support/pause";
import type { Report } from "../support/report";

const uploads = "/var/lib/wordpress/wp-content/uploads";

/** The results of both loads, and the seconds from the kill to the last failed page view; 0 when none failed. */
interface Death {
  readonly quick: LoadResult;
  readonly real: LoadResult;
  readonly quickSeconds: number;
  readonly realSeconds: number;
}

/** Kills a server while visitors use both frontends of the load balancer, until well after the last failure. */
async function killUnderLoad(lab: Lab, a: Machine): Promise<Death> {
  await bringBack(lab, a);
  const [quickLoad, realLoad] = [
    startLoad({ path: "/", port: frontends.quick }),
    startLoad({ path: "/", port: frontends.real }),
  ];
  await pause(1_000);
  const killedAt = quickLoad.now();
  await a.crash();
  await lab.balancer.waitForHealthy(["b"]);
  await lab.balancer.waitForHealthy(["b"], "real");
  await pause(1_500);
  const [quick, real] = await Promise.all([quickLoad.stop(), realLoad.stop()]);
  const seconds = ({ failures }: LoadResult): number =>
    (Math.max(killedAt, ...failures.map(({ at }) => at)) - killedAt) / 1_000;
  return { quick, real, quickSeconds: seconds(quick), realSeconds: seconds(real) };
}

async function bringBack(lab: Lab, a: Machine): Promise<void> {
  if (!a.isOn) a.boot();
  await waitForHealth(a, 200, 180);
  await lab.balancer.waitForHealthy(["a", "b"]);
  await lab.balancer.waitForHealthy(["a", "b"], "real");
}

/** Servers stop and start while visitors use the load balancer. */
export async function killAndReplaceServer(lab: Lab, report: Report, a: Machine): Promise<void> {
  report.section("Servers start and stop under load");
  const { interval, unhealthyThreshold, timeout } = healthCheck;
  const realLimit = interval * unhealthyThreshold + timeout;
  await report.checkTime(
    `a killed server: failures for at most 2.5 s, with health checks at a ${quickness}th of the target group's interval`,
    async () => await killUnderLoad(lab, a),
    ({ quick, real, quickSeconds, realSeconds }) => {
      report.measure(
        `last failed page view after a kill, health checked every ${interval / quickness} s`,
        `${quickSeconds.toFixed(1)} s`,
      );
      report.measure(
        `the same, health checked every ${interval} s as by the target group`,
        `${realSeconds.toFixed(1)} s`,
      );
      expect(quickSeconds).to.be.lessThan(2.5);
      expect(realSeconds).to.be.lessThan(realLimit);
      return `${quickSeconds.toFixed(1)} s, ${describeFailures(quick)}; at the target group's interval, as on AWS: ${realSeconds.toFixed(1)} s of at most ${realLimit} s, ${describeFailures(real)}`;
    },
  );
  await report.check(
    "the killed server boots again with its uploads mounted, and receives requests",
    async () => {
      const began = performance.now();
      a.boot();
      await waitForHealth(a, 200, 180);
      report.measure("reboot to healthy", `${((performance.now() - began) / 1_000).toFixed(1)} s`);
      await a.run("mountpoint", "--quiet", uploads);
      await lab.balancer.waitForHealthy(["a", "b"]);
      return undefined;
    },
  );
  await report.check("a drained and replaced server: no failed page view", async () => {
    const load = startLoad({ path: "/" });
    await pause(500);
    await lab.balancer.drain("a");
    await a.powerOff();
    a.boot();
    await waitForHealth(a, 200, 180);
    await lab.balancer.ready("a");
    await lab.balancer.waitForHealthy(["a", "b"]);
    await pause(1_000);
    return noFailures(await load.stop());
  });
}
