import { expect } from "chai";

import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** The life of the stack through the real engine: each step continues from the one before. */
describe("the local stack", () => {
  let local: LocalRun;
  let aws: AwsClients;
  let groupName: string;

  before(async () => {
    local = await openLocalRun();
  });
  after(async () => {
    await local.close();
  });

  const group = async () => {
    const { AutoScalingGroups } = await (
      await aws.autoScaling()
    ).describeAutoScalingGroups({ AutoScalingGroupNames: [groupName] });
    const found = AutoScalingGroups?.[0];
    if (found === undefined) throw new Error(`there is no group ${groupName}`);
    return found;
  };

  it("is created as a whole, under its policies", async () => {
    const facts = succeeded(await local.run("up"));
    expect(facts.policies).to.include({ violated: 0, waiting: 0 });
    expect(facts.policies?.passed).to.be.greaterThan(10);
    expect(facts.changes).to.deep.equal({ created: facts.resources });
    aws = awsClients(targetOf(facts));
    groupName = String(facts.outputs["autoScalingGroupName"]);
    expect((await group()).Instances).to.have.length(2);
    expect(new Set((await group()).AvailabilityZones)).to.have.property("size", 2);
  });

  it("has no change when nothing changed", async () => {
    const facts = succeeded(await local.run("up"));
    expect(facts.changes).to.deep.equal({});
    expect(facts.outputs).to.include({ autoScalingGroupName: groupName });
  });

  it("changes a setting in place", async () => {
    await local.change(
      "local",
      "capacity: { min: 1, desired: 2, max: 4 }",
      "capacity: { min: 1, desired: 2, max: 5 }",
    );
    const facts = succeeded(await local.run("up"));
    // The group, and the rollout that waits for its servers.
    expect(facts.changes).to.deep.equal({ updated: 2 });
    expect(facts.outputs).to.include({ autoScalingGroupName: groupName });
    expect(await group()).to.include({ MaxSize: 5 });
  });

  it("replaces what AWS cannot update", async () => {
    const before = await databaseIds();
    await local.change("local", "config:", "config:\n  wordpress:database: { databaseName: blog }");
    const { changes } = succeeded(await local.run("up"));
    // The database, and the two log groups that RDS writes under its name.
    expect(changes).to.include({ replaced: 3 });
    const after = await databaseIds();
    expect(after).to.have.length(1);
    expect(after).not.to.deep.equal(before);
  });

  async function databaseIds() {
    const { DBInstances = [] } = await (await aws.rds()).describeDBInstances({});
    return DBInstances.map(({ DbiResourceId }) => DbiResourceId);
  }

  it("finds changes made outside Pulumi, and reverts them", async () => {
    const autoScaling = await aws.autoScaling();
    await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: groupName, DefaultCooldown: 9 });
    const { drift } = succeeded(await local.run("refresh"));
    expect(drift).to.deep.equal(["updated aws:autoscaling/group:Group wordpress-fleet (defaultCooldown)"]);

    const { changes } = succeeded(await local.run("up"));
    expect(changes).to.deep.equal({ updated: 1 });
    expect(await group()).to.include({ DefaultCooldown: 300 });
    expect(succeeded(await local.run("refresh")).drift).to.deep.equal([]);
  });

  it("leaves nothing after down", async () => {
    const facts = succeeded(await local.run("down"));
    expect(facts).to.deep.include({ resources: 0, left: [] });
    const { Vpcs = [] } = await (await aws.ec2()).describeVpcs({});
    expect(Vpcs.filter(({ IsDefault }) => IsDefault !== true)).to.deep.equal([]);
  });
});
