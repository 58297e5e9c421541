import { expect } from "chai";

import { readCheckpoint } from "../../engine/checkpoint";
import { projectName } from "../../engine/settingsFile";
import { emulatorApi } from "../../localAws/emulator";
import { openEngineSession, type EngineSession } from "../support/engineSession";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** A protected stack with Pulumi's own CLI, as its owner uses it. */
describe("a protected stack", () => {
  let local: LocalRun;
  let session: EngineSession;

  before(async () => {
    local = await openLocalRun();
    const facts = succeeded(await local.run("up", "--stack", "prod"));
    session = await openEngineSession(local, "prod", targetOf(facts).accountId);
  });
  after(async () => {
    for (const setting of protections) {
      const set = await session.pulumi("config", "set", "--path", setting, "false");
      expect(set.ok, set.text).to.equal(true);
    }
    await local.close();
  });

  const remembered = async () => (await readCheckpoint(local.folders, projectName, "prod"))?.resources ?? [];
  const urnOf = async (type: string, name?: string) => {
    const found = (await remembered()).find(
      (resource) => resource.type === type && (name === undefined || resource.urn.endsWith(`::${name}`)),
    );
    if (found === undefined) throw new Error(`there is no ${type}`);
    return found.urn;
  };
  const there = async () => {
    const { endpoint, accountId } = session.target;
    const resources = await emulatorApi(endpoint).resources(accountId);
    return resources.map(({ service, type, id }) => `${service} ${type} ${id}`).sort();
  };
  const everything = async () => ({
    state: (await remembered())
      .map(({ urn, id, protect }) => ({ urn, id, protect }))
      .sort((one, other) => one.urn.localeCompare(other.urn)),
    aws: await there(),
  });
  const expectNothingDeleted = async (words: readonly string[], reason: RegExp) => {
    const before = await everything();
    const { ok, text } = await session.pulumi(...words);
    expect(await everything(), words.join(" ")).to.deep.equal(before);
    expect(text).to.match(reason);
    return ok;
  };

  const wholeStack = [
    ["destroy", "--yes"],
    ["destroy", "--yes", "--skip-preview"],
    ["destroy", "--yes", "--continue-on-error"],
    ["destroy", "--yes", "--skip-preview", "--continue-on-error"],
    ["destroy", "--yes", "--skip-preview", "--refresh", "--continue-on-error"],
  ];
  for (const words of wholeStack) {
    it(`loses nothing to pulumi ${words.join(" ")}`, async () => {
      expect(await expectNothingDeleted(words, /cannot be deleted\s+because it is protected/)).to.equal(
        false,
      );
    });
  }

  it("loses nothing to a destroy that excludes protected resources", async () => {
    const words = ["destroy", "--yes", "--skip-preview", "--exclude-protected"];
    await expectNothingDeleted(words, /no unprotected resources to destroy/);
  });

  /** The commands of docs/on-aws.md. */
  const protections = [
    "wordpress:database.deletionProtection",
    "wordpress:fleet.loadBalancerDeletionProtection",
    "wordpress:fleet.dataDeletionProtection",
  ];

  const targets = [
    ["aws:rds/instance:Instance"],
    ["aws:lb/listener:Listener"],
    ["aws:efs/fileSystem:FileSystem"],
    ["aws:secretsmanager/secret:Secret"],
    ["aws:autoscaling/group:Group"],
    ["aws:cloudwatch/metricAlarm:MetricAlarm"],
    ["aws:route53/record:Record", "wordpress-alias"],
    ["aws:ec2/route:Route"],
    ["aws:ec2/natGateway:NatGateway"],
    ["aws:ec2/routeTableAssociation:RouteTableAssociation"],
  ] as const;
  for (const [type, name] of targets) {
    it(`keeps its ${type} when it is destroyed alone, or with its dependent resources`, async () => {
      const target = ["destroy", "--yes", "--skip-preview", "--target", await urnOf(type, name)];
      expect(
        await expectNothingDeleted(target, /not specified in --target list|because it is protected/),
      ).to.equal(false);
      const chain = [...target, "--target-dependents", "--continue-on-error"];
      expect(await expectNothingDeleted(chain, /because it is protected/)).to.equal(false);
    });
  }

  it("refuses a replacement of the database before it changes anything", async () => {
    await local.change("prod", "    finalSnapshot: true", "    finalSnapshot: true\n    databaseName: other");
    const before = await everything();
    const { status, facts } = await local.run("up", "--stack", "prod");
    expect(status).to.equal(1);
    expect(facts.errors.map(({ message }) => message).join("\n")).to.match(
      /unable to replace resource .*Instance/,
    );
    expect(await everything()).to.deep.equal(before);
    await local.change("prod", "\n    databaseName: other", "");
    // The earlier run wrote its settings to the folder that the engine reads.
    await session.close();
    session = await openEngineSession(local, "prod", session.target.accountId);
  });

  it("is destroyed after its settings no longer protect it", async () => {
    for (const setting of protections) {
      const set = await session.pulumi("config", "set", "--path", setting, "false");
      expect(set.ok, set.text).to.equal(true);
    }
    await session.stack.up();
    const { ok, text } = await session.pulumi("destroy", "--yes");
    expect(ok, text).to.equal(true);
    expect(await remembered()).to.deep.equal([]);
    // The domain's zone existed before the stack; the final snapshot remains after it.
    expect((await there()).map((each) => each.split(" ").slice(0, 2).join(" "))).to.deep.equal([
      "rds db-snapshot",
      "route53 hosted-zone",
    ]);
  });
});
