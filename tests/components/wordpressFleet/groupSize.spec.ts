import { expect } from "chai";

import { sizeResource } from "../../../components/wordpressFleet/groupSize/sizeResource";

const size = {
  groupName: "fleet",
  minSize: 1,
  maxSize: 4,
  desiredCapacity: 2,
  enforced: false,
  region: "us-east-1",
};
const moved = { MinSize: 2, MaxSize: 5, DesiredCapacity: 3 };

/** The resource's methods for a group that AWS has with `moved`, or not at all. */
function sizeWith(groups: readonly (typeof moved)[] = [moved]) {
  const updates: object[] = [];
  const methods = sizeResource(() =>
    Promise.resolve({
      updateAutoScalingGroup: (input) => {
        updates.push(input);
        return Promise.resolve({});
      },
      describeAutoScalingGroups: () => Promise.resolve({ AutoScalingGroups: groups }),
    }),
  );
  return { ...methods, updates };
}

describe("a group's size", () => {
  it("is set as a whole, as AWS may have other sizes by now that contradict a part", async () => {
    const { update, updates } = sizeWith();
    const wanted = { ...size, maxSize: 2 };
    await update("fleet", "", size, wanted);
    expect(updates).to.deep.equal([
      { AutoScalingGroupName: "fleet", MinSize: 1, MaxSize: 2, DesiredCapacity: 2 },
    ]);
  });

  it("changes with the settings alone", async () => {
    const { diff } = sizeWith();
    expect(await diff(size, size)).to.deep.equal({ changes: false, replaces: [] });
    expect(await diff(size, { ...size, maxSize: 5 })).to.deep.equal({ changes: true, replaces: [] });
    expect(await diff(size, { ...size, enforced: true })).to.deep.equal({ changes: true, replaces: [] });
  });

  it("is read as it was set, whatever schedules, load or users have made of it", async () => {
    expect(await sizeWith().read("fleet", size)).to.deep.equal({ id: "fleet", props: size, inputs: size });
  });

  it("is read as it is where it is enforced", async () => {
    const enforced = { ...size, enforced: true };
    const live = { ...enforced, minSize: 2, maxSize: 5, desiredCapacity: 3 };
    expect(await sizeWith().read("fleet", enforced)).to.deep.equal({
      id: "fleet",
      props: live,
      inputs: live,
    });
  });

  it("is gone with its group", async () => {
    expect(await sizeWith([]).read("fleet", size)).to.deep.equal({});
  });

  it("takes whole sizes alone", async () => {
    const { failures } = await sizeWith().check({ ...size, minSize: -1 });
    expect(failures.map(({ property }) => property)).to.deep.equal(["minSize"]);
  });
});
