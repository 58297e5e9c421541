import { expect } from "chai";

import { accountIdOf } from "../../localAws/accounts";
import { emulatorApi } from "../../localAws/emulator";
import { awsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** The stacks for real accounts, on the emulator. */
describe("the other stacks", () => {
  let local: LocalRun;

  before(async () => {
    local = await openLocalRun();
  });
  after(async () => {
    await local.close();
  });

  it("are refused by a policy before anything is created", async () => {
    await local.change("prod", "uploadsBackups: true", "uploadsBackups: false");
    const { status, facts, stderr } = await local.run("up", "--stack", "prod");
    await local.change("prod", "uploadsBackups: false", "uploadsBackups: true");

    expect(status).to.equal(1);
    expect(facts.violations.map(({ policy }) => policy)).to.deep.equal(["production/file-system-backups"]);
    expect(facts.error).to.include("production/file-system-backups");
    expect(stderr).to.include("Nothing was changed");
    const { endpoint, accountId } = targetOf(facts);
    const there = await emulatorApi(endpoint).resources(accountId);
    // The account has the domain's zone before any stack.
    expect(there.map(({ service }) => service)).to.deep.equal(["route53"]);
  });

  it("are refused with every wrong setting before anything is created", async () => {
    await local.change("dev", "min: 1, desired: 1, max: 2", "min: 3, desired: 1, max: 2");
    await local.change("dev", "storageType: gp2", "storageType: gp9");
    const { status, facts } = await local.run("up", "--stack", "dev");
    await local.change("dev", "min: 3, desired: 1, max: 2", "min: 1, desired: 1, max: 2");
    await local.change("dev", "storageType: gp9", "storageType: gp2");

    expect(status).to.equal(1);
    expect(facts.error).to.include("fleet.capacity").and.to.include("database.storageType");
    const { endpoint } = targetOf(succeeded(await local.run("preview", "--stack", "dev")));
    expect(await emulatorApi(endpoint).resources(accountIdOf("dev"))).to.deep.equal([]);
  });

  it("can be created with the course's numbers: dev", async () => {
    const facts = succeeded(await local.run("up", "--stack", "dev"));
    const aws = awsClients(targetOf(facts));
    const { AutoScalingGroups = [] } = await (await aws.autoScaling()).describeAutoScalingGroups({});
    expect(AutoScalingGroups).to.have.length(1);
    expect(AutoScalingGroups[0]).to.include({ MinSize: 1, DesiredCapacity: 1, MaxSize: 2 });
  });

  it("can be created with AWS's advice, in another account: prod", async () => {
    const facts = succeeded(await local.run("up", "--stack", "prod"));
    expect(facts.outputs).to.include({ siteUrl: "https://blog.example.com" });
    const aws = awsClients(targetOf(facts));
    const { DBInstances = [] } = await (await aws.rds()).describeDBInstances({});
    expect(DBInstances).to.have.length(1);
    expect(DBInstances[0]).to.include({ DeletionProtection: true, MultiAZ: true });
  });

  it("can be created in a lab's account, and keep the lab's own resources: lab", async () => {
    const facts = succeeded(await local.run("up", "--stack", "lab"));
    const aws = awsClients(targetOf(facts));
    const { Functions = [] } = await (await aws.lambda()).listFunctions({});
    expect(Functions.map(({ Role }) => Role)).to.deep.equal([
      `arn:aws:iam::${facts.accountId ?? ""}:role/LabRole`,
    ]);
    expect(succeeded(await local.run("down", "--stack", "lab"))).to.deep.include({ resources: 0, left: [] });
  });

  it("can be destroyed despite their protection, and do not affect the others", async () => {
    expect(succeeded(await local.run("down", "--stack", "prod"))).to.deep.include({
      resources: 0,
      left: [],
    });
    const { resources, region, firings } = succeeded(await local.run("status", "--stack", "dev"));
    expect(resources).to.be.greaterThan(50);
    expect(region).to.equal("us-east-1");
    // The schedule that terminates expired servers fires when it is created.
    expect(firings).to.be.an("array").that.is.not.empty;
    expect(succeeded(await local.run("down", "--stack", "dev"))).to.deep.include({ resources: 0, left: [] });
  });
});
