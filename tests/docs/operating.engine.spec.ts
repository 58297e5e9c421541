import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";
import { repository } from "../support/repositoryFiles";
import { shellLinesOf } from "./commands";
import { resultOf, writeClis } from "./documentedCommands";

const textOf = (file: string) => readFileSync(path.join(repository, "docs", file), "utf8");

/** Commands on a server or of a visitor. The bootstrap and live tests boot servers and visit them. */
const needsServers = /^(sudo|curl) /;

const ofOperating = shellLinesOf(textOf("operating.md"));
const ofRunbook = readdirSync(path.join(repository, "docs", "runbook"))
  .flatMap((page) => shellLinesOf(textOf(`runbook/${page}`)))
  .filter((line) => !needsServers.test(line));
const password = "of the test";

/** What the commands of operating.md print, by their beginning. */
const printed: Readonly<Record<string, RegExp>> = {
  "npm run site -- password": /^of the test /,
  "pulumi stack output dashboardName": /^wordpress-fleet-\w+ /,
  "aws sns list-subscriptions-by-topic":
    /^(?=.*ops@example\.com arn:aws:sns:)(?=.*late@example\.com PendingConfirmation)/,
  "npm run site -- test-alarm --stack":
    /Mail to ops@example\.com: two messages within a minute Not to late@example\.com: not confirmed/,
  "npm run site -- test-alarm server-errors": /Alarm wordpress-server-errors: set to ALARM, then to OK/,
  "npm run site -- shell": /aws ec2-instance-connect ssh --region us-east-1 .*--instance-id i-\w+ /,
  "aws cloudwatch describe-alarms": /^/,
  // The test's stack has no firewall, so no log group.
  "aws logs describe-log-groups": /^/,
  "aws sqs get-queue-attributes": /"ApproximateNumberOfMessages": "0"/,
  "aws rds describe-db-snapshots": /^/,
  "pulumi stack output estimatedDollarsPerMonth": /^\d+(\.\d+)? /,
  "aws autoscaling suspend-processes": /^/,
  "aws autoscaling resume-processes": /^/,
};

describe("the commands of docs/operating.md and of the runbook, on the emulator", () => {
  let local: LocalRun;
  let bin: string;
  let serverId: string;
  let aws: AwsClients;

  before(async () => {
    local = await openLocalRun();
    await local.change(
      "local",
      "wordpress:fleet:",
      "wordpress:fleet:\n    notificationEmails: [ops@example.com, late@example.com]",
    );
    aws = awsClients(targetOf(succeeded(await local.run("up"))));
    bin = await writeClis(local, aws);
    await confirm("ops@example.com");
    const { AutoScalingGroups = [] } = await (await aws.autoScaling()).describeAutoScalingGroups({});
    serverId = AutoScalingGroups[0]?.Instances?.[0]?.InstanceId ?? "";
  });
  after(() => local.close());

  const mails = async () => {
    const response = await fetch(`${aws.endpoint}/_local/accounts/${aws.accountId}/mail`);
    return z
      .array(z.object({ subject: z.string(), to: z.array(z.string()), text: z.string() }))
      .parse(await response.json());
  };

  /** Opens the link of AWS's first mail to this address. */
  async function confirm(address: string): Promise<void> {
    const mail = (await mails()).find(({ to }) => to.includes(address));
    const link = /http:\S+\/confirm\?\S+/.exec(mail?.text ?? "")?.[0] ?? "";
    expect((await fetch(link)).status).to.equal(200);
  }

  /** What a command prints. It must succeed. */
  async function run(line: string): Promise<string> {
    const typed = line.replaceAll("i-0123456789abcdef0", serverId).replaceAll("--stack dev", "--stack local");
    const { status, text } = await resultOf(typed, bin);
    expect(status, `${line}: ${text}`).to.equal(0);
    return text;
  }

  it("refuse the password before a server has stored it, and outside of a terminal", async () => {
    const refused = await resultOf("npm run site -- password --stack local", bin);
    expect(refused).to.deep.include({ status: 2 });
    expect(refused.text).to.contain("prints only on a terminal");
    const empty = await resultOf("npm run site -- password --stack local --plain", bin);
    expect(empty.status).to.equal(1);
    expect(empty.text).to.contain("no server has installed the site yet");
  });

  it("print what operating.md states", async () => {
    // No server boots here: the one that installs the site writes the secret.
    await run(
      `aws secretsmanager put-secret-value --secret-string '{"username":"admin","password":"${password}"}' --secret-id "$(pulumi stack output adminSecretArn)"`,
    );
    for (const line of ofOperating) {
      const [begin, pattern] = Object.entries(printed).find(([each]) => line.startsWith(each)) ?? [];
      expect(begin, `a pattern for ${line}`).not.to.equal(undefined);
      // The test has no terminal.
      const typed = line.startsWith("npm run site -- password") ? `${line} --plain` : line;
      expect(await run(typed), line).to.match(pattern ?? /./);
    }
    const toOps = (await mails()).filter(({ to }) => to.includes("ops@example.com"));
    const ofTest = toOps.filter(({ text }) => text.includes("test-alarm. Nothing is wrong."));
    expect(ofTest.map(({ subject }) => subject.split(":")[0])).to.have.members([
      "ALARM",
      "OK",
      "ALARM",
      "OK",
    ]);
    expect((await mails()).filter(({ to }) => to.includes("late@example.com"))).to.have.length(1);
  });

  it("fail with the list of alarms for a name that the stack does not have", async () => {
    const { status, text } = await resultOf("npm run site -- test-alarm nothing --stack local", bin);
    expect(status).to.equal(1);
    expect(text).to.contain("has no alarm nothing").and.to.contain("wordpress-no-healthy-server");
  });

  it("succeed on every page of the runbook", async () => {
    for (const line of new Set(ofRunbook)) await run(line);
  });
});
