import { expect } from "chai";
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { z } from "../../cli/json";
import { visitAsAuthor } from "./support/author";
import { openLiveStack, within, type LiveStack } from "./support/liveStack";

const exec = promisify(execFile);
const student = "student@example.com";
/** The shortest `healthCheckGraceSeconds` of servers from a golden image. */
const graceSeconds = 180;

const instancesSchema = z.array(
  z.object({
    InstanceId: z.string(),
    ImageId: z.string(),
    Zone: z.string(),
    PublicIp: z.string().nullable(),
    PrivateIp: z.string(),
  }),
);
const instanceQuery =
  "Reservations[].Instances[].{InstanceId:InstanceId,ImageId:ImageId,Zone:Placement.AvailabilityZone," +
  "PublicIp:PublicIpAddress,PrivateIp:PrivateIpAddress}";

/** The course, row by row, as a student acts it out and looks at it from outside. The order is the course's. */
describe("the course on a live stack", function () {
  this.timeout(400_000);
  let stack: LiveStack;

  const groupName = (): string => stack.output("autoScalingGroupName");
  const healthy = async (): Promise<readonly string[]> =>
    (await stack.targets()).filter(({ state }) => state === "healthy").map(({ id }) => id);
  const untilHealthy = (count: number, seconds: number) =>
    within(seconds, `${count} healthy servers`, async () => {
      const ids = await healthy();
      return ids.length === count && (await stack.targets()).length === count ? ids : undefined;
    });
  const setDesired = (count: number): Promise<string> =>
    stack.local(
      ...["aws", "autoscaling", "set-desired-capacity", "--auto-scaling-group-name", groupName()],
      ...["--desired-capacity", String(count)],
    );
  const setMinimum = (count: number): Promise<string> =>
    stack.local(
      ...["aws", "autoscaling", "update-auto-scaling-group", "--auto-scaling-group-name", groupName()],
      ...["--min-size", String(count)],
    );
  const servers = () =>
    stack.aws(
      instancesSchema,
      ...["ec2", "describe-instances", "--query", instanceQuery, "--filters"],
      "Name=tag-key,Values=aws:autoscaling:groupName",
      "Name=instance-state-name,Values=running",
    );
  const oldestServer = async (): Promise<{ readonly id: string; readonly launched: number }> => {
    const found = await stack.aws(
      z.array(z.tuple([z.string(), z.string()])),
      ...["ec2", "describe-instances", "--filters", "Name=tag-key,Values=aws:autoscaling:groupName"],
      "Name=instance-state-name,Values=running",
      ...["--query", "sort_by(Reservations[].Instances[], &LaunchTime)[].[InstanceId,LaunchTime]"],
    );
    const [id = "", launched = ""] = found[0] ?? [];
    return { id, launched: Date.parse(launched) };
  };
  const page = async (path = "/"): Promise<{ status: number; text: string }> => {
    const answer = await fetch(new URL(path, stack.site), { signal: AbortSignal.timeout(30_000) });
    return { status: answer.status, text: await answer.text() };
  };

  before(async () => {
    stack = await openLiveStack(async (run) => {
      await run.change(
        "local",
        "capacity: {",
        `notificationEmails: [${student}]\n    healthCheckGraceSeconds: ${graceSeconds}\n    capacity: {`,
      );
    });
  });
  after(() => stack.close());

  it("row 1: the servers' AMI is owned by the account, and every server runs from it", async () => {
    const images = await stack.aws(
      z.array(z.object({ ImageId: z.string(), State: z.string() })),
      ...["ec2", "describe-images", "--owners", "self", "--query", "Images[].{ImageId:ImageId,State:State}"],
    );
    expect(images.map(({ State }) => State)).to.deep.equal(["available"]);
    expect(new Set((await servers()).map(({ ImageId }) => ImageId))).to.deep.equal(
      new Set([images[0]?.ImageId]),
    );
  });

  it("row 2: two servers run in two zones, without a public address", async () => {
    const found = await servers();
    expect(found.map(({ Zone }) => Zone).sort()).to.deep.equal(["us-east-1a", "us-east-1b"]);
    expect(found.map(({ PublicIp }) => PublicIp)).to.deep.equal([null, null]);
  });

  it("row 3: both are healthy targets, and the site's pages come from both", async () => {
    const { value: ids } = await untilHealthy(2, 60);
    expect([...ids].sort()).to.deep.equal((await servers()).map(({ InstanceId }) => InstanceId).sort());
    const { status, text } = await page();
    expect(status).to.equal(200);
    expect(text).to.include("WordPress").and.not.include(".elb.amazonaws.com");
  });

  it("an author writes on the site in a browser: no request leaves this machine, and no address stays", async () => {
    const { SecretString } = await stack.aws(
      z.object({ SecretString: z.string() }),
      ...["secretsmanager", "get-secret-value", "--secret-id", stack.output("adminSecretArn")],
    );
    const login = z.object({ username: z.string(), password: z.string() }).parse(JSON.parse(SecretString));
    const visit = await visitAsAuthor(stack.site, login);
    expect(visit.faults).to.deep.equal([]);
    expect(visit.post.startsWith(`${stack.site}/`), visit.post).to.equal(true);
    expect(visit.picture.url.startsWith(`${stack.site}/wp-content/uploads/`), visit.picture.url).to.equal(
      true,
    );
    expect(visit.picture.width).to.be.greaterThan(0);
    expect(visit.title).to.include("A customized title");
    // WordPress keeps its own address, not the one of this browser: another name of the same address appears.
    const other = stack.site.replace("127.0.0.1", "localhost");
    const answer = await fetch(visit.post.replace(stack.site, other));
    expect(await answer.text()).to.include(visit.picture.url.replace(stack.site, other));
  });

  it("row 4: nslookup prints an address of the load balancer for each zone", async () => {
    const { lookup } = z
      .object({ lookup: z.string() })
      .parse(JSON.parse(await stack.local("open", "--json")));
    const { stdout } = await exec("sh", ["-c", lookup]);
    const interfaces = await stack.aws(
      z.array(z.string()),
      ...["ec2", "describe-network-interfaces", "--filters", "Name=description,Values=ELB app/*"],
      ...["--query", "NetworkInterfaces[].Association.PublicIp"],
    );
    expect(interfaces).to.have.length(2);
    for (const address of interfaces) expect(stdout).to.include(address);
  });

  it("row 7: the desired capacity is set by hand, and the group ends a server", async () => {
    await setDesired(1);
    await untilHealthy(1, 90);
    expect((await page()).status).to.equal(200);
  });

  it("rows 9 and 10: yes > /dev/null on a server makes the group start a second one, and end it later", async () => {
    const [loaded] = await healthy();
    await stack.local("load");
    const { seconds } = await untilHealthy(2, 160);
    console.log(`      second server serves after ${seconds.toFixed(0)} s`);
    await stack.local("load", "--stop", loaded ?? "");
    const causes = await stack.aws(
      z.array(z.string()),
      ...["autoscaling", "describe-scaling-activities", "--auto-scaling-group-name", groupName()],
      ...["--query", "Activities[].Cause"],
    );
    expect(causes.join("\n")).to.match(
      /monitor alarm TargetTracking-\S+-AlarmHigh-\S+ in state ALARM triggered policy/,
    );
    await untilHealthy(1, 200);
  });

  it("row 10: CloudWatch has the measured load, the alarm that it caused, and the group's size", async () => {
    const dimensions = `Name=AutoScalingGroupName,Value=${groupName()}`;
    const newest = (namespace: string, metric: string, statistic: string) =>
      stack.aws(
        z.array(z.number()),
        ...["cloudwatch", "get-metric-statistics", "--namespace", namespace, "--metric-name", metric],
        ...["--dimensions", dimensions, "--period", "5", "--statistics", statistic],
        ...["--start-time", new Date(Date.now() - 900_000).toISOString()],
        ...["--end-time", new Date().toISOString(), "--query", `Datapoints[].${statistic}`],
      );
    const busy = (await newest("AWS/EC2", "CPUUtilization", "Average")).filter((percent) => percent > 80);
    expect(busy).to.have.length.of.at.least(3);
    expect(await newest("AWS/AutoScaling", "GroupInServiceInstances", "Maximum")).to.include.members([1, 2]);
    const history = await stack.aws(
      z.array(z.object({ AlarmName: z.string(), HistorySummary: z.string(), HistoryData: z.string() })),
      ...["cloudwatch", "describe-alarm-history", "--history-item-type", "StateUpdate"],
      ...["--query", "AlarmHistoryItems[]"],
    );
    const alarmed = history.find(
      ({ AlarmName, HistorySummary }) =>
        AlarmName.includes("AlarmHigh") && HistorySummary.endsWith("to ALARM"),
    );
    expect(alarmed?.HistoryData).to.match(
      /Threshold Crossed: 3 datapoints \[.+\] were greater than the threshold \(80\.0\)\./,
    );
  });

  it("row 9: the notification mail about a launch arrives", async () => {
    const { value: mails } = await within(20, "a mail about a launch", async () => {
      const text = await stack.local("mail");
      return text.includes(student) ? text : undefined;
    });
    expect(mails).to.match(/Auto Scaling: launch for group|AWS Notification - Subscription Confirmation/);
  });

  it("a server whose power is cut is replaced, and visitors see errors only for the health check's time", async () => {
    // The idle group would otherwise end a server meanwhile.
    await setMinimum(2);
    await untilHealthy(2, 90);
    const victim = await oldestServer();
    // Auto Scaling replaces no server in its grace period.
    await within(graceSeconds + 60, "the end of the grace period", () =>
      Promise.resolve(Date.now() - victim.launched > (graceSeconds + 20) * 1000 ? true : undefined),
    );
    const before = await healthy();
    await stack.local("kill", victim.id);
    const started = performance.now();
    let lastError = started;
    const { seconds } = await within(60, "a replacement that serves", async () => {
      if ((await page(`/?${performance.now()}`)).status !== 200) lastError = performance.now();
      const ids = await healthy();
      const isReplaced = ids.some((id) => !before.includes(id));
      return isReplaced && !ids.includes(victim.id) ? ids : undefined;
    });
    console.log(
      `      replaced after ${seconds.toFixed(0)} s, last error after ${((lastError - started) / 1000).toFixed(0)} s`,
    );
    // Two checks, five seconds apart, and their time-out.
    expect((lastError - started) / 1000).to.be.lessThan(20);
    await setMinimum(1);
  });

  it("row 12: without its database the site fails and no server is replaced; it serves again afterwards", async () => {
    const before = [...(await healthy())].sort();
    const identifiers = await stack.aws(
      z.array(z.string()),
      ...["rds", "describe-db-instances", "--query", "DBInstances[].DBInstanceIdentifier"],
    );
    const uncached = async (): Promise<number> => (await page(`/?nothing=${performance.now()}`)).status;
    await stack.control.post(`/databases/${identifiers[0] ?? ""}/cut`, undefined, z.unknown());
    await within(60, "an error of the site", async () => ((await uncached()) === 200 ? undefined : true));
    // Longer than the two health checks after which a server would count as unhealthy.
    await sleep(15_000);
    expect([...(await healthy())].sort()).to.deep.equal(before);
    await stack.control.post(`/databases/${identifiers[0] ?? ""}/restore`, undefined, z.unknown());
    await within(60, "a page of the site", async () => ((await uncached()) === 200 ? true : undefined));
  });

  it("row 12: the site follows the rotation of the database's password", async () => {
    const secrets = await stack.aws(
      z.array(z.string()),
      ...["rds", "describe-db-instances", "--query", "DBInstances[].MasterUserSecret.SecretArn"],
    );
    await stack.local("aws", "secretsmanager", "rotate-secret", "--secret-id", secrets[0] ?? "");
    await within(90, "a page with the new password", async () => {
      const { status } = await page(`/?nothing=${performance.now()}`);
      return status === 200 ? true : undefined;
    });
  });

  it("row 11: the paused group has no machine, and serves again when it is resumed", async () => {
    await stack.run.change("local", "    capacity: {", "    paused: true\n    capacity: {");
    expect((await stack.run.run("up")).status).to.equal(0);
    const listed = await stack.aws(
      instancesSchema,
      "ec2",
      "describe-instances",
      "--query",
      instanceQuery,
      "--filters",
      "Name=instance-state-name,Values=pending,running",
    );
    expect(listed).to.deep.equal([]);
    await stack.run.change("local", "    paused: true\n", "");
    expect((await stack.run.run("up")).status).to.equal(0);
    await untilHealthy(2, 120);
    expect((await page()).status).to.equal(200);
  });

  it("rows 13 and 14: a test event of the function launches a server, which boots", async () => {
    const launched = await stack.aws(
      z.object({ StatusCode: z.number() }),
      ...["lambda", "invoke", "--function-name", stack.output("launcherFunctionName"), "/dev/null"],
    );
    expect(launched.StatusCode).to.equal(200);
    const { value: id } = await within(60, "a launched server that runs", async () => {
      const found = await stack.aws(
        instancesSchema,
        ...["ec2", "describe-instances", "--query", instanceQuery],
        ...["--filters", "Name=tag-key,Values=launcher:owner", "Name=instance-state-name,Values=running"],
      );
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
    const planned = new Date(Math.floor(Date.now() / 1000) * 1000 + 5_000).toISOString();
    await stack.local(
      ...["aws", "scheduler", "update-schedule", ...named, "--state", "ENABLED"],
      ...["--schedule-expression", `at(${planned.slice(0, 19)})`, "--flexible-time-window", "Mode=OFF"],
      ...["--target", JSON.stringify(schedule.Target)],
    );
    const { value: id } = await within(60, "a server that the schedule launched", async () => {
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

  it("nothing is left after down", async () => {
    const { status, facts, stderr } = await stack.run.run("down");
    expect(status, stderr).to.equal(0);
    expect(facts.left).to.deep.equal([]);
  });
});
