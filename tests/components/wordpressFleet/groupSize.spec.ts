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

/** The resource's methods for a group that has the sizes `moved` in AWS, or does not exist. */
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
  it("is set as a whole, as a part could contradict the current sizes in AWS", async () => {
    const { update, updates } = sizeWith();
    const wanted = { ...size, maxSize: 2 };
    await update("fleet", "", size, wanted);
    expect(updates).to.deep.equal([
      { AutoScalingGroupName: "fleet", MinSize: 1, MaxSize: 2, DesiredCapacity: 2 },
    ]);
  });

  it("is set again after the end of the stack moves to a later time, but not while servers may run", async () => {
    const ended = { ...size, endsAt: "2026-12-20T09:00:00Z" };
    const extended = { ...size, endsAt: "2026-12-27T09:00:00Z" };
    const empty = sizeWith([{ MinSize: 0, MaxSize: 0, DesiredCapacity: 0 }]);
    await empty.update("fleet", "", ended, extended);
    expect(empty.updates).to.have.length(1);
    const running = sizeWith();
    expect((await running.update("fleet", "", ended, extended)).outs).to.deep.equal(extended);
    expect(running.updates).to.deep.equal([]);
    await running.update("fleet", "", ended, { ...extended, maxSize: 5 });
    expect(running.updates).to.have.length(1);
  });

  it("changes only with the settings", async () => {
    const { diff } = sizeWith();
    expect(await diff(size, size)).to.deep.equal({ changes: false, replaces: [] });
    expect(await diff(size, { ...size, maxSize: 5 })).to.deep.equal({ changes: true, replaces: [] });
    expect(await diff(size, { ...size, enforced: true })).to.deep.equal({ changes: true, replaces: [] });
  });

  it("is read as it was set, even after schedules, load or users changed it", async () => {
    expect(await sizeWith().read("fleet", size)).to.deep.equal({ id: "fleet", props: size, inputs: size });
  });

  it("is read from AWS when it is enforced", async () => {
    const enforced = { ...size, enforced: true };
    const live = { ...enforced, minSize: 2, maxSize: 5, desiredCapacity: 3 };
    expect(await sizeWith().read("fleet", enforced)).to.deep.equal({
      id: "fleet",
      props: live,
      inputs: live,
    });
  });

  it("is deleted with its group", async () => {
    expect(await sizeWith([]).read("fleet", size)).to.deep.equal({});
  });

  it("accepts only complete sizes", async () => {
    const { failures } = await sizeWith().check({ ...size, minSize: -1 });
    expect(failures.map(({ property }) => property)).to.deep.equal(["minSize"]);
  });
});
