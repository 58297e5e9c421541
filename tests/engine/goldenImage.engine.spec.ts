import { expect } from "chai";

import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { eventually } from "../support/eventually";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** The servers' image in the whole stack, through the real engine: each step continues from the one before. */
describe("the local stack's image", () => {
  const olderDebian = "ami-0deb13a0d63900001";
  let local: LocalRun;
  let aws: AwsClients;
  let firstImage: string | undefined;
  let secondImage: string | undefined;

  before(async () => {
    local = await openLocalRun();
  });
  after(async () => {
    await local.close();
  });

  const ownImages = async () => {
    const { Images = [] } = await (await aws.ec2()).describeImages({ Owners: ["self"] });
    return Images.map(({ ImageId }) => ImageId);
  };
  /** The images of all running servers, each once. */
  const runningImages = async () => {
    const { Reservations = [] } = await (
      await aws.ec2()
    ).describeInstances({ Filters: [{ Name: "instance-state-name", Values: ["pending", "running"] }] });
    return new Set(Reservations.flatMap(({ Instances = [] }) => Instances.map(({ ImageId }) => ImageId)));
  };
  const group = async () => {
    const { AutoScalingGroups: [found] = [] } = await (await aws.autoScaling()).describeAutoScalingGroups({});
    if (found === undefined) throw new Error("there is no group");
    return found;
  };
  /** Waits until every server runs this image. */
  const refreshedTo = (image: string | undefined) =>
    eventually("servers of the new image alone", async () => {
      const running = await runningImages();
      return running.size === 1 && running.has(image) ? true : undefined;
    });

  it("is not baked by a preview", async () => {
    const facts = succeeded(await local.run("preview"));
    aws = awsClients(targetOf(facts));
    expect(await ownImages()).to.deep.equal([]);
  });

  it("is baked by up, reported, and used by the servers; the builder is terminated", async () => {
    const ended = await local.run("up");
    succeeded(ended);
    [firstImage] = await ownImages();
    expect(ended.stderr).to.include(`baked ${String(firstImage)} in`);
    expect(await runningImages()).to.deep.equal(new Set([firstImage]));
  });

  it("is baked again for other content, and is used by the servers after an instance refresh with rollback", async () => {
    await local.change("local", "{ source: bake }", `{ source: bake, debianAmiId: ${olderDebian} }`);
    const ended = await local.run("up");
    expect(succeeded(ended).changes).to.deep.equal({ replaced: 1, updated: 2 });
    secondImage = (await ownImages()).find((image) => image !== firstImage);
    expect(ended.stderr).to.include(`baked ${String(secondImage)} in`);
    const autoScaling = await aws.autoScaling();
    const { AutoScalingGroupName } = await group();
    const { InstanceRefreshes: [refresh] = [] } = await autoScaling.describeInstanceRefreshes({
      AutoScalingGroupName,
    });
    expect(refresh?.Preferences).to.include({ AutoRollback: true });
    await refreshedTo(secondImage);
  });

  it("returns to the old content, from the old image if it still exists", async () => {
    const kept = (await ownImages()).includes(firstImage);
    await local.change("local", `{ source: bake, debianAmiId: ${olderDebian} }`, "{ source: bake }");
    const ended = await local.run("up");
    succeeded(ended);
    // It is deleted when the refresh to the new image ended before the last up.
    expect(ended.stderr).to.match(
      kept ? new RegExp(`${String(firstImage)} has the same content`) : /baked ami-/,
    );
    await refreshedTo((await ownImages()).find((image) => image !== secondImage));
  });

  it("leaves no image, snapshot or builder after down", async () => {
    expect(succeeded(await local.run("down"))).to.deep.include({ resources: 0, left: [] });
    expect(await ownImages()).to.deep.equal([]);
    expect(await runningImages()).to.deep.equal(new Set());
  });
});
