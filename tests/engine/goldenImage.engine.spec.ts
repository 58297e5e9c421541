import { expect } from "chai";

import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { eventually } from "../support/eventually";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** The servers' image in the whole stack, through the real engine: each step finds what the one before left. */
describe("the local stack's image", function () {
  this.timeout(180_000);

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
  /** The images of what runs, each once. */
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
  /** Once every server has been replaced by one of this image. */
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

  it("is baked by up, told of, and what servers start from; the builder is gone", async () => {
    const ended = await local.run("up");
    succeeded(ended);
    [firstImage] = await ownImages();
    expect(ended.stderr).to.include(`baked ${String(firstImage)} in`);
    expect(await runningImages()).to.deep.equal(new Set([firstImage]));
  });

  it("is baked anew for other content, and brought to the servers by a refresh that can be rolled back", async () => {
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

  it("goes back, from the old image where it is still there", async () => {
    const kept = (await ownImages()).includes(firstImage);
    await local.change("local", `{ source: bake, debianAmiId: ${olderDebian} }`, "{ source: bake }");
    const ended = await local.run("up");
    succeeded(ended);
    // It is gone when the refresh away from it had ended before the last up did.
    expect(ended.stderr).to.match(
      kept ? new RegExp(`${String(firstImage)} has the same content`) : /baked ami-/,
    );
    await refreshedTo((await ownImages()).find((image) => image !== secondImage));
  });

  it("is gone after down, with every image, snapshot and builder", async () => {
    expect(succeeded(await local.run("down"))).to.deep.include({ resources: 0, left: [] });
    expect(await ownImages()).to.deep.equal([]);
    expect(await runningImages()).to.deep.equal(new Set());
  });
});
