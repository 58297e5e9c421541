import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import type { Progress } from "../../../students/progress/progress";
import { makeClassWatch } from "../../../students/watch/classWatch";
import { eventually } from "../../support/eventually";

const nothing = { en: "", ko: "" };
const progressOf = (id: string, more: Partial<Progress> = {}): Progress => ({
  id,
  name: id,
  region: "us-east-1",
  askedAt: new Date().toISOString(),
  state: "up",
  detail: nothing,
  accountId: "111111111111",
  points: { points: 1, possible: 2, notChecked: 0 },
  cost: null,
  credentialsExpireAt: null,
  siteUrl: null,
  problem: null,
  failure: null,
  ...more,
});
const refused = { state: "unknown", points: null, problem: { reason: nothing, next: nothing } } as const;
const students = [{ id: "kim" }, { id: "lee" }];

describe("the watch of a class", () => {
  it("asks nothing without a follower, and nothing after its stop", async () => {
    let asked = 0;
    const watch = makeClassWatch({
      students,
      ask: ({ id }) => {
        asked += 1;
        return Promise.resolve(progressOf(id));
      },
      intervalMilliseconds: 1,
      size: 2,
    });
    await sleep(300);
    expect(asked).to.equal(0);
    const unfollow = watch.follow(() => undefined);
    await eventually("both students", () => Promise.resolve(watch.state().length === 2 ? true : undefined));
    unfollow();
    await watch.stop();
    const before = asked;
    await sleep(600);
    expect(asked).to.equal(before);
  });

  it("does not wait for an account that hangs, and lists students in the roster's order", async () => {
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    const watch = makeClassWatch({
      students,
      ask: async ({ id }) => {
        if (id === "kim") await hanging;
        return progressOf(id);
      },
      intervalMilliseconds: 60_000,
      size: 2,
    });
    const seen: string[] = [];
    watch.follow(({ id }) => seen.push(id));
    await eventually("the other student", () => Promise.resolve(seen.includes("lee") ? true : undefined));
    expect(watch.state().map(({ id }) => id)).to.deep.equal(["lee"]);
    release();
    await eventually("the first student", () => Promise.resolve(seen.includes("kim") ? true : undefined));
    expect(watch.state().map(({ id }) => id)).to.deep.equal(["kim", "lee"]);
    await watch.stop();
  });

  it("asks each account once in its interval, and one with a problem more slowly", async () => {
    let time = 0;
    const asked = { kim: 0, lee: 0 };
    const watch = makeClassWatch({
      students: [{ id: "kim" as const }, { id: "lee" as const }],
      ask: ({ id }) => {
        asked[id] += 1;
        return Promise.resolve(progressOf(id, id === "lee" ? refused : {}));
      },
      intervalMilliseconds: 1_000,
      size: 2,
      now: () => time,
    });
    watch.follow(() => undefined);
    const pass = async (until: number) => {
      time = until;
      // Longer than the watch looks whose turn it is.
      await sleep(600);
    };
    await pass(0);
    expect(asked).to.deep.equal({ kim: 1, lee: 1 });
    await pass(999);
    expect(asked).to.deep.equal({ kim: 1, lee: 1 });
    await pass(1_000);
    expect(asked).to.deep.equal({ kim: 2, lee: 1 });
    await pass(2_000);
    expect(asked).to.deep.equal({ kim: 3, lee: 2 });
    await pass(5_999);
    expect(asked.lee).to.equal(2);
    await pass(6_000);
    expect(asked.lee).to.equal(3);
    await watch.stop();
  });

  it("tells followers only of changes, and keeps the last known values of an account that does not answer", async () => {
    let time = 0;
    const answers = [progressOf("kim"), progressOf("kim"), progressOf("kim", refused)];
    let index = 0;
    const watch = makeClassWatch({
      students: [{ id: "kim" }],
      ask: () => Promise.resolve(answers[Math.min(index++, 2)] ?? progressOf("kim")),
      intervalMilliseconds: 10,
      size: 1,
      now: () => time,
    });
    const seen: Progress[] = [];
    watch.follow((progress) => seen.push(progress));
    for (const at of [0, 100, 200]) {
      time = at;
      await sleep(400);
    }
    await watch.stop();
    expect(seen.map(({ state }) => state)).to.deep.equal(["up", "unknown"]);
    expect(seen[1]?.points).to.deep.equal({ points: 1, possible: 2, notChecked: 0 });
  });
});
