import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../cli/json";
import { identities } from "../localAws/live/support/identity";
import { breakImage, deleteImage } from "./support/brokenImage";
import { keepingTwoServers, openLiveStack, type LiveStack } from "./support/liveStack";
import { ofGroup, servers } from "./support/servers";

/** The shortest `healthCheckGraceSeconds` of servers from a golden image: a broken one is found when it has ended. */
const graceSeconds = 180;

/** A mistake that a user rolls out, and its way back. */
describe("a broken image on a live stack", function () {
  this.timeout(500_000);
  let stack: LiveStack;

  before(async () => {
    const [identity] = identities();
    if (identity === undefined) throw new Error("The tests run as no user.");
    stack = await openLiveStack({
      identity,
      change: keepingTwoServers(`healthCheckGraceSeconds: ${graceSeconds}`),
    });
  });
  after(() => stack.close());

  it("a broken image is rolled back, the site serves meanwhile, and the next up fixes it", async () => {
    const before = await servers(stack);
    const broken = await breakImage(stack, before[0]?.ImageId ?? "");
    await stack.run.change("local", "{ source: bake }", `{ source: existing, amiId: ${broken} }`);
    const updating = stack.up();
    const ended = new AbortController();
    const watching = watchSite(stack, ended.signal);
    const { status, stderr } = await updating;
    ended.abort();
    expect(status).to.equal(1);
    expect(stderr).to.include("RollbackSuccessful").and.include("failed its health checks");
    expect(await watching).to.deep.equal([]);
    const refreshes = await stack.aws(
      z.array(z.string()),
      ...["autoscaling", "describe-instance-refreshes", ...ofGroup(stack)],
      ...["--query", "InstanceRefreshes[].Status"],
    );
    expect(refreshes).to.deep.equal(["RollbackSuccessful"]);
    await stack.untilHealthy(2, 60);
    const ids = (all: typeof before) => all.map(({ InstanceId }) => InstanceId).sort();
    expect(ids(await servers(stack))).to.deep.equal(ids(before));
    await stack.run.change("local", `{ source: existing, amiId: ${broken} }`, "{ source: bake }");
    const fixed = await stack.up();
    expect(fixed.status, fixed.stderr).to.equal(0);
    await stack.untilHealthy(2, 60);
    await deleteImage(stack, broken);
  });

  it("nothing is left after down", async () => {
    await stack.down();
  });
});

/** Visits the site until the signal. @returns the answers that were not 200 */
async function watchSite(stack: LiveStack, ended: AbortSignal): Promise<readonly string[]> {
  const failed: string[] = [];
  while (!ended.aborted) {
    const { status, text } = await stack.visit(`/?nothing=${performance.now()}`);
    if (status !== 200) failed.push(`${status} ${text.slice(0, 200)}`);
    await sleep(500);
  }
  return failed;
}
