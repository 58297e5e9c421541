import { expect } from "chai";

import { runAll } from "../../../students/pool/pool";
import type { Ended, Worker } from "../../../students/pool/worker";
import type { Task } from "../../../students/work/task";

const done: Ended = { kind: "done", report: {} };
const failed: Ended = { kind: "failed", reason: "a policy", remedy: "fix it", report: {} };

const taskOf = (id: string): Task => ({
  operation: "plan",
  id,
  region: "us-east-1",
  config: {},
  className: "class",
  folder: "",
  localFolder: "",
  place: { kind: "aws" },
});

/** Workers that end as the test sets for each student, and record their calls. */
function scriptedPool(size: number, endings: Readonly<Record<string, Ended>> = {}) {
  const heard: string[] = [];
  const stop = new AbortController();
  let workers = 0;
  let atOnce = 0;
  let mostAtOnce = 0;
  const startWorker = (): Worker => {
    workers += 1;
    const name = workers;
    return {
      run: async ({ id }, onStep) => {
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        onStep("checking");
        await new Promise(setImmediate);
        atOnce -= 1;
        heard.push(`${id} in ${name}`);
        return endings[id] ?? done;
      },
      signal: () => expect.fail("an unexpected signal"),
      close: () => heard.push(`close ${name}`),
    };
  };
  const run = (ids: readonly string[], onEnd: (id: string) => void = () => undefined) =>
    runAll(ids.map(taskOf), {
      size,
      startWorker,
      stop: stop.signal,
      listener: {
        started: (id) => heard.push(`start ${id}`),
        moved: (id, step) => heard.push(`${id}: ${step}`),
        ended: onEnd,
      },
    });
  return { heard, stop, run, workers: () => workers, mostAtOnce: () => mostAtOnce };
}

describe("work on a class", () => {
  it("does no more tasks at a time than its size", async () => {
    const pool = scriptedPool(3);
    const endings = await pool.run(["a", "b", "c", "d", "e", "f", "g"]);
    expect([...endings.keys()].sort()).to.deep.equal(["a", "b", "c", "d", "e", "f", "g"]);
    expect(pool.mostAtOnce()).to.equal(3);
    expect(pool.workers()).to.equal(3);
  });

  it("reports starts and steps, and ends its processes", async () => {
    const pool = scriptedPool(1);
    await pool.run(["a"]);
    expect(pool.heard).to.deep.equal(["start a", "a: checking", "a in 1", "close 1"]);
  });

  it("continues after a failure, in a new process", async () => {
    const pool = scriptedPool(1, { a: failed });
    const endings = await pool.run(["a", "b"]);
    expect(endings).to.deep.equal(
      new Map<string, Ended>([
        ["a", failed],
        ["b", done],
      ]),
    );
    expect(pool.heard.filter((line) => line.includes(" in ") || line.startsWith("close"))).to.deep.equal([
      "a in 1",
      "close 1",
      "b in 2",
      "close 2",
    ]);
  });

  it("replaces its processes, so that their memory stays limited", async () => {
    const pool = scriptedPool(1);
    await pool.run(Array.from({ length: 60 }, (_, index) => `s${index}`));
    expect(pool.workers()).to.equal(3);
  });

  it("starts no other task after a stop", async () => {
    const pool = scriptedPool(1);
    const endings = await pool.run(["a", "b", "c"], (id) => {
      if (id === "b") pool.stop.abort();
    });
    expect([...endings.keys()]).to.deep.equal(["a", "b"]);
  });
});
