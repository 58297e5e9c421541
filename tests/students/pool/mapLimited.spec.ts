import { expect } from "chai";

import { atOnce } from "../../../students/account/atOnce";
import { mapLimited } from "../../../students/pool/mapLimited";

const items = Array.from({ length: 20 }, (_, index) => index);

/** Lets all other lanes go first. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("work on many students at once", () => {
  it("does not exceed its limit, and returns the results in the items' order", async () => {
    let running = 0;
    let most = 0;
    const results = await mapLimited(
      items,
      async (item) => {
        running += 1;
        most = Math.max(most, running);
        for (let turns = items.length - item; turns > 0; turns -= 1) await nextTurn();
        running -= 1;
        return -item;
      },
      3,
    );
    expect(most).to.equal(3);
    expect(results).to.deep.equal(items.map((item) => -item));
  });

  it("starts nothing after a stop, and keeps the results of what was started", async () => {
    const stop = new AbortController();
    const started: number[] = [];
    const results = await atOnce(
      items,
      2,
      async (item) => {
        started.push(item);
        await nextTurn();
        if (item === 4) stop.abort();
        return `done ${item}`;
      },
      stop.signal,
    );
    expect(results).to.have.length(items.length);
    expect(results.flatMap((result, item) => (result === undefined ? [] : [item]))).to.deep.equal(started);
    expect(started).to.include(4);
    expect(started).to.have.length.lessThan(7);
  });

  it("fails as the item fails", async () => {
    const failing = mapLimited(items, (item) =>
      item === 3 ? Promise.reject(new Error("item 3")) : Promise.resolve(item),
    );
    const message = await failing.then(String, (error: unknown) => String(error));
    expect(message).to.equal("Error: item 3");
  });
});
