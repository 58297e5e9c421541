import { expect } from "chai";

import { awsClients } from "../../localAws/providers/aws/clients";
import { describeStep } from "./judge";
import { openLiveStack, type LiveStack, type Outcome } from "./liveStack";
import { localSettings, patched } from "./settings";

const automatic = patched(localSettings(), { "fleet.capacity": { min: 1, desired: 2, max: 4 } });
const fixed = patched(automatic, {
  "fleet.sizing": "fixed",
  "fleet.capacity": { min: 2, desired: 2, max: 2 },
  "fleet.schedules": [],
  "fleet.targetTracking": undefined,
});

/** GroupSize sets the size, FleetRollout waits for the servers. */
const sizeAndRollout = 2;

/** The steps of a run that must succeed. */
const stepsOf = ({ steps, error }: Outcome) => {
  expect(error).to.equal(undefined);
  return steps.map(describeStep);
};

describe("the size of a live group", () => {
  let live: LiveStack;

  before(async () => {
    live = await openLiveStack("sizes");
    stepsOf(await live.up(automatic));
  });
  after(() => live.close());

  const autoScaling = () => awsClients(live.target).autoScaling();
  const group = async () => {
    const { AutoScalingGroups = [] } = await (await autoScaling()).describeAutoScalingGroups({});
    const [found] = AutoScalingGroups;
    if (found === undefined) throw new Error("there is no group");
    return found;
  };
  const sizes = async () => {
    const { MinSize, DesiredCapacity, MaxSize } = await group();
    return [MinSize, DesiredCapacity, MaxSize];
  };
  /** Sets the sizes, as a scheduled action, target tracking or a user does. */
  const move = async (MinSize: number, DesiredCapacity: number, MaxSize: number) => {
    const { AutoScalingGroupName } = await group();
    await (
      await autoScaling()
    ).updateAutoScalingGroup({ AutoScalingGroupName, MinSize, DesiredCapacity, MaxSize });
  };

  it("is no drift when a schedule set it, and stays as it is", async () => {
    await move(2, 3, 5);
    expect(stepsOf(await live.refresh(automatic))).to.deep.equal([]);
    expect(stepsOf(await live.up(automatic))).to.deep.equal([]);
    expect(await sizes()).to.deep.equal([2, 3, 5]);
  });

  it("changes as a whole when the settings change", async () => {
    // Without a refresh, the state has neither the current minimum nor the current maximum.
    await move(3, 3, 6);
    const changed = patched(automatic, { "fleet.capacity": { min: 1, desired: 1, max: 2 } });
    expect(stepsOf(await live.up(changed))).to.have.length(sizeAndRollout);
    expect(await sizes()).to.deep.equal([1, 1, 2]);
    expect(stepsOf(await live.up(automatic))).to.have.length(sizeAndRollout);
    expect(await sizes()).to.deep.equal([1, 2, 4]);
  });

  it("is no drift after such a change", async () => {
    await move(2, 4, 4);
    expect(stepsOf(await live.refresh(automatic))).to.deep.equal([]);
    expect(stepsOf(await live.preview(automatic))).to.deep.equal([]);
  });

  it("is 0 while the fleet is paused, and the settings' size afterwards", async () => {
    stepsOf(await live.up(patched(automatic, { "fleet.paused": true })));
    expect(await sizes()).to.deep.equal([0, 0, 0]);
    stepsOf(await live.up(automatic));
    expect(await sizes()).to.deep.equal([1, 2, 4]);
    expect((await group()).Instances).to.have.length(2);
  });

  it("is drift with fixed sizing, and `up` corrects it", async () => {
    stepsOf(await live.up(fixed));
    expect(await sizes()).to.deep.equal([2, 2, 2]);
    await move(1, 1, 3);
    expect(stepsOf(await live.refresh(fixed))).to.have.length(1);
    stepsOf(await live.up(fixed));
    expect(await sizes()).to.deep.equal([2, 2, 2]);
  });
});
