import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../cli/json";
import { identities } from "../localAws/live/support/identity";
import { breakImage, deleteImage } from "./support/brokenImage";
import { openLiveStack, within, type LiveStack } from "./support/liveStack";
import { instances, ofGroup, servers } from "./support/servers";

/** The shortest `healthCheckGraceSeconds` of servers from a golden image: a broken one is found when it has ended. */
const graceSeconds = 180;
/** The AWS CLI sends the schedule before its time, also where a call takes seconds. */
const leadMilliseconds = 20_000;
const running = "Name=instance-state-name,Values=running";

/** What a user or a schedule changes on a stack that runs. */
describe("changes of a live stack", function () {
  this.timeout(500_000);
  let stack: LiveStack;

  before(async () => {
    const [identity] = identities();
    if (identity === undefined) throw new Error("The tests run as no user.");
    stack = await openLiveStack({
      identity,
      // An idle group would end a server meanwhile.
      change: (run) =>
        run.change(
          "local",
          "capacity: { min: 1,",
          `healthCheckGraceSeconds: ${graceSeconds}\n    capacity: { min: 2,`,
        ),
    });
  });
  after(() => stack.close());

  it("rows 13 and 14: a test event of the function launches a server, which boots", async () => {
    const launched = await stack.aws(
      z.object({ StatusCode: z.number() }),
      ...["lambda", "invoke", "--function-name", stack.output("launcherFunctionName"), "/dev/null"],
    );
    expect(launched.StatusCode).to.equal(200);
    const { value: id } = await within(60, "a launched server that runs", async () => {
      const found = await instances(stack, "Name=tag-key,Values=launcher:owner", running);
      return found[0]?.InstanceId;
    });
    await within(60, "its console shows the end of the boot", async () => {
      const text = await stack.local("logs", id);
      return text.includes("login:") || text.includes("Cloud-init") ? text : undefined;
    });
  });

  it("row 14: the launcher's schedule fires at its time, and its server boots", async () => {
    const { Schedules } = await stack.aws(
      z.object({ Schedules: z.array(z.object({ Name: z.string(), GroupName: z.string() })) }),
      ...["scheduler", "list-schedules"],
    );
    const place = Schedules.find(({ Name }) => Name.includes("launcher") && !Name.includes("sweep"));
    const named = ["--name", place?.Name ?? "", "--group-name", place?.GroupName ?? ""];
    const schedule = await stack.aws(
      z.object({ Target: z.record(z.string(), z.unknown()) }),
      ...["scheduler", "get-schedule", ...named],
    );
    const planned = new Date(Math.floor(Date.now() / 1000) * 1000 + leadMilliseconds).toISOString();
    await stack.change(
      ...["scheduler", "update-schedule", ...named, "--state", "ENABLED"],
      ...["--schedule-expression", `at(${planned.slice(0, 19)})`, "--flexible-time-window", "Mode=OFF"],
      ...["--target", JSON.stringify(schedule.Target)],
    );
    const { value: id } = await within(90, "a server that the schedule launched", async () => {
      const found = await stack.aws(
        z.array(z.string()),
        ...["ec2", "describe-instances", "--query", "Reservations[].Instances[].InstanceId", "--filters"],
        ...[`Name=tag:launcher:planned-time,Values=${planned}`, "Name=instance-state-name,Values=running"],
      );
      return found[0];
    });
    await within(60, "its status checks pass", async () => {
      const found = await stack.aws(
        z.array(z.string()),
        ...["ec2", "describe-instance-status", "--instance-ids", id],
        ...["--query", "InstanceStatuses[].InstanceStatus.Status"],
      );
      return found[0] === "ok" ? true : undefined;
    });
  });

  it("row 11: the paused group has no machine, and serves again when it is resumed", async () => {
    await stack.run.change("local", "    capacity: {", "    paused: true\n    capacity: {");
    expect((await stack.up()).status).to.equal(0);
    const group = `Name=tag:aws:autoscaling:groupName,Values=${stack.output("autoScalingGroupName")}`;
    expect(await instances(stack, group, "Name=instance-state-name,Values=pending,running")).to.deep.equal(
      [],
    );
    await stack.run.change("local", "    paused: true\n", "");
    expect((await stack.up()).status).to.equal(0);
    await stack.untilHealthy(2, 120);
    expect((await stack.visit()).status).to.equal(200);
  });

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
