import { expect } from "chai";

import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { eventually } from "../support/eventually";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/**
 * A live stack changes its processors. Like AWS, the emulator refuses a server whose type and image differ in
 * architecture.
 */
describe("a live stack whose servers change their processor architecture", () => {
  const baked = "image: { source: bake }";
  const onGraviton = `instanceType: t4g.micro\n    ${baked}`;
  let local: LocalRun;
  let aws: AwsClients;

  before(async () => {
    local = await openLocalRun();
    await local.change("local", "desired: 2, max: 4", "desired: 1, max: 4");
  });
  after(async () => {
    await local.close();
  });

  /** The type and architecture of the group's servers, once all of them have these. */
  const serversAre = (type: string, architecture: string) =>
    eventually(`only servers of ${type}`, async () => {
      const { AutoScalingGroups: [group] = [] } = await (
        await aws.autoScaling()
      ).describeAutoScalingGroups({});
      const ids = (group?.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
      const { Reservations = [] } = await (await aws.ec2()).describeInstances({ InstanceIds: ids });
      const kinds = Reservations.flatMap(({ Instances = [] }) => Instances).map(
        ({ InstanceType, Architecture }) => `${String(InstanceType)} ${String(Architecture)}`,
      );
      return new Set(kinds).size === 1 && kinds[0] === `${type} ${architecture}` ? true : undefined;
    });

  it("bakes another image and replaces the servers with it", async () => {
    aws = awsClients(targetOf(succeeded(await local.run("up"))));
    await serversAre("t3.micro", "x86_64");
    await local.change("local", baked, onGraviton);
    const ended = await local.run("up");
    expect(succeeded(ended).changes).to.include({ replaced: 1 });
    expect(ended.stderr).to.match(/baked ami-/);
    await serversAre("t4g.micro", "arm64");
  });

  it("refuses a named image of another architecture before it changes anything", async () => {
    await local.change("local", baked, "image: { source: existing, amiId: ami-0deb13a0d64000001 }");
    const { status, facts } = await local.run("up");
    await local.change("local", "image: { source: existing, amiId: ami-0deb13a0d64000001 }", baked);
    expect(status).to.equal(1);
    expect(facts.errors[0]?.message).to.include(
      'fleet.image.amiId: "ami-0deb13a0d64000001" - allowed: an AMI for arm64, as t4g.micro is',
    );
    await serversAre("t4g.micro", "arm64");
  });

  it("changes back", async () => {
    await local.change("local", onGraviton, baked);
    succeeded(await local.run("up"));
    await serversAre("t3.micro", "x86_64");
  });

  it("gets another launch template when servers install themselves", async () => {
    await local.change("local", "natGateways: none", "natGateways: single");
    await local.change("local", baked, "image: { source: bootstrap }");
    succeeded(await local.run("up"));
    await serversAre("t3.micro", "x86_64");
    await local.change(
      "local",
      "image: { source: bootstrap }",
      "image: { source: bootstrap }\n    instanceType: t4g.micro",
    );
    succeeded(await local.run("up"));
    await serversAre("t4g.micro", "arm64");
  });

  it("leaves nothing after down", async () => {
    expect(succeeded(await local.run("down"))).to.deep.include({ resources: 0, left: [] });
  });
});
