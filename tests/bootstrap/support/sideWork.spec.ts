import { expect } from "chai";

import { SideWork } from "./sideWork";

/** Work that runs until the test ends it. */
function work(name: string, log: string[]) {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const begin = async (): Promise<void> => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
  };
  return { begin, end };
}

/** Lets all pending callbacks run. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe("side work", () => {
  it("runs as many works at once as allowed, and finally all", async () => {
    const log: string[] = [];
    const works = ["a", "b", "c"].map((name) => work(name, log));
    const all = new SideWork().run(
      2,
      works.map(({ begin }) => begin),
    );
    await settle();
    expect(log).to.deep.equal(["a begins", "b begins"]);
    for (const { end } of works) end();
    await all;
    expect(log).to.have.members(["a begins", "b begins", "a ends", "b ends", "c begins", "c ends"]);
  });

  it("waits for running works, and delays the others, during exclusive work", async () => {
    const log: string[] = [];
    const side = new SideWork();
    const [a, b] = [work("a", log), work("b", log)];
    const all = side.run(1, [a.begin, b.begin]);
    const alone = work("alone", log);
    const measured = side.alone(alone.begin);
    await settle();
    expect(log).to.deep.equal(["a begins"]);
    a.end();
    await settle();
    expect(log).to.deep.equal(["a begins", "a ends", "alone begins"]);
    alone.end();
    b.end();
    await Promise.all([measured, all]);
    expect(log.slice(3)).to.deep.equal(["alone ends", "b begins", "b ends"]);
  });

  it("continues after the exclusive work has failed", async () => {
    const log: string[] = [];
    const side = new SideWork();
    const failed = side.alone(() => Promise.reject(new Error("no")));
    const b = work("b", log);
    b.end();
    const all = side.run(1, [b.begin]);
    const message = await failed.catch((error: unknown) => String(error));
    await all;
    expect([message, ...log]).to.deep.equal(["Error: no", "b begins", "b ends"]);
  });
});
