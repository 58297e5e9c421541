import { expect } from "chai";
import { setTimeout as delay } from "node:timers/promises";

import { makePace } from "../../../students/account/pace";
import { TimeLimitError, withinSeconds } from "../../../students/account/timeLimit";
import { rejectionOf } from "../../support/rejection";

describe("the pace of questions", () => {
  it("starts no more in a second than allowed", async () => {
    const pace = makePace({ perSecond: 50, atOnce: 10 });
    const starts: number[] = [];
    await Promise.all(
      Array.from({ length: 6 }, () =>
        pace.run(() => {
          starts.push(performance.now());
          return Promise.resolve();
        }),
      ),
    );
    // Five intervals of 20 ms; timers may be a millisecond early.
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).to.be.at.least(95);
  });

  it("has no more in progress than allowed, also after failures", async () => {
    const pace = makePace({ perSecond: 1_000, atOnce: 2 });
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await delay(5);
      running -= 1;
      throw new Error("any");
    };
    await Promise.allSettled(Array.from({ length: 10 }, () => pace.run(work)));
    expect(most).to.equal(2);
    expect(await pace.run(() => Promise.resolve("free"))).to.equal("free");
  });
});

describe("a time limit", () => {
  it("ends the wait for work that does not end", async () => {
    const error = await rejectionOf(withinSeconds(0.02, () => new Promise(() => undefined)));
    expect(error).to.equal(new TimeLimitError(0.02).message);
  });

  it("ends with the user's stop, and before the work when it was stopped already", async () => {
    const stop = new AbortController();
    const waiting = rejectionOf(withinSeconds(60, () => new Promise(() => undefined), stop.signal));
    stop.abort(new Error("stopped"));
    expect(await waiting).to.equal("stopped");
    let began = false;
    const late = withinSeconds(
      60,
      () => {
        began = true;
        return Promise.resolve();
      },
      stop.signal,
    );
    expect(await rejectionOf(late)).to.equal("stopped");
    expect(began).to.equal(false);
  });

  it("passes on the result and the error of work that ends in time", async () => {
    expect(await withinSeconds(60, () => Promise.resolve(1))).to.equal(1);
    expect(await rejectionOf(withinSeconds(60, () => Promise.reject(new Error("own"))))).to.equal("own");
  });
});
