import { expect } from "chai";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { messageOf } from "../../cli/failure";
import { z } from "../../cli/json";
import { identities } from "../localAws/live/support/identity";
import { keepingTwoServers, openLiveStack, within, type LiveStack } from "./support/liveStack";
import { ofGroup, servers } from "./support/servers";

const exec = promisify(execFile);
const student = "student@example.com";

/** The course's first half, row by row, as a student acts it out and looks at it from outside. The order is the course's. */
describe("the course on a live stack", function () {
  this.timeout(400_000);
  let stack: LiveStack;

  before(async () => {
    const [identity] = identities();
    if (identity === undefined) throw new Error("The tests run as no user.");
    stack = await openLiveStack({
      identity,
      // Until row 7.
      change: keepingTwoServers(`notificationEmails: [${student}]`),
    });
  });
  after(() => stack.close());

  it("row 1: the servers' AMI is owned by the account, and every server runs from it", async () => {
    const images = await stack.aws(
      z.array(z.object({ ImageId: z.string(), State: z.string() })),
      ...["ec2", "describe-images", "--owners", "self", "--query", "Images[].{ImageId:ImageId,State:State}"],
    );
    expect(images.map(({ State }) => State)).to.deep.equal(["available"]);
    expect(new Set((await servers(stack)).map(({ ImageId }) => ImageId))).to.deep.equal(
      new Set([images[0]?.ImageId]),
    );
  });

  it("row 2: two servers run in two zones, without a public address", async () => {
    const found = await servers(stack);
    expect(found.map(({ Zone }) => Zone).sort()).to.deep.equal(["us-east-1a", "us-east-1b"]);
    expect(found.map(({ PublicIp }) => PublicIp)).to.deep.equal([null, null]);
  });

  it("row 3: both are healthy targets, and the site's pages come from both", async () => {
    const { value: ids } = await stack.untilHealthy(2, 60);
    expect([...ids].sort()).to.deep.equal((await servers(stack)).map(({ InstanceId }) => InstanceId).sort());
    const { status, text } = await stack.visit();
    expect(status).to.equal(200);
    expect(text).to.include("WordPress").and.not.include(".elb.amazonaws.com");
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
    const sizes = ["--min-size", "1", "--desired-capacity", "1"];
    await stack.change("autoscaling", "update-auto-scaling-group", ...ofGroup(stack), ...sizes);
    await stack.untilHealthy(1, 90);
    expect((await stack.visit()).status).to.equal(200);
  });

  it("rows 9 and 10: yes > /dev/null on a server makes the group start a second one, and end it later", async () => {
    const [loaded] = await stack.healthy();
    await stack.local("load");
    const { seconds } = await within(160, "a second healthy server", async () =>
      (await stack.healthy()).length > 1 ? true : undefined,
    );
    console.log(`      second server serves after ${seconds.toFixed(0)} s`);
    await stack.local("load", "--stop", loaded ?? "");
    const causes = await stack.aws(
      z.array(z.string()),
      ...["autoscaling", "describe-scaling-activities", ...ofGroup(stack)],
      ...["--query", "Activities[].Cause"],
    );
    expect(causes.join("\n")).to.match(
      /monitor alarm TargetTracking-\S+-AlarmHigh-\S+ in state ALARM triggered policy/,
    );
    await stack.untilHealthy(1, 200);
  });

  it("row 10: CloudWatch has the measured load, the alarm that it caused, and the group's size", async () => {
    const dimensions = `Name=AutoScalingGroupName,Value=${stack.output("autoScalingGroupName")}`;
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

  it("nothing is left after down, while the database's password rotates again and again", async () => {
    const [secret = ""] = await stack.aws(
      z.array(z.string()),
      ...["rds", "describe-db-instances", "--query", "DBInstances[].MasterUserSecret.SecretArn"],
    );
    /** @returns whether the secret still exists */
    const rotate = async (): Promise<boolean> => {
      try {
        await stack.change("secretsmanager", "rotate-secret", "--secret-id", secret);
        rotations += 1;
        return true;
      } catch (error) {
        if (messageOf(error).includes("(ResourceNotFoundException)")) return false;
        throw error;
      }
    };
    let rotations = 0;
    expect(await rotate()).to.equal(true);
    const stop = new AbortController();
    const rotating = (async () => {
      while (!stop.signal.aborted && (await rotate()));
    })();
    await stack.down().finally(() => {
      stop.abort();
    });
    await rotating;
    console.log(`      ${rotations} rotations until the end of the secret`);
    expect(rotations).to.be.greaterThan(1);
    const machines = z.array(z.object({ id: z.string(), initPid: z.int().nullable() }));
    const running = (await stack.control.get("/machines", machines)).filter(
      ({ initPid }) => initPid !== null,
    );
    expect(running).to.deep.equal([]);
    const secrets = await stack.aws(
      z.array(z.string()),
      ...["secretsmanager", "list-secrets", "--query", "SecretList[].ARN"],
    );
    expect(secrets).to.deep.equal([]);
  });
});
