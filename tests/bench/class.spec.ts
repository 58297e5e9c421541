import { expect } from "chai";

import { rateVerdict, renderClass } from "../../bench/classReport";
import { familyOf, kindOf, stateOf } from "../../bench/processes";

describe("the class in the bench", () => {
  const plan = {
    name: "class, plan",
    students: 20,
    seconds: 24,
    cpuSeconds: 44,
    peakMegabytes: 1_234,
    peakMegabytesOfOne: new Map([["worker", 260]]),
    megabytesAtEnd: 210,
  };

  it("accepts a rate at the goal, and reports a miss below it", () => {
    expect(rateVerdict({ of: "class, plan", atLeastPerMinute: 50 }, [plan])).to.deep.equal({
      rate: 50,
      reached: true,
    });
    expect(rateVerdict({ of: "class, plan", atLeastPerMinute: 50.1 }, [plan]).reached).to.equal(false);
  });

  it("misses a goal that was not measured", () => {
    expect(rateVerdict({ of: "class, up", atLeastPerMinute: 0 }, [plan]).reached).to.equal(false);
  });

  it("shows stacks per minute, CPU time per stack and memory", () => {
    const [, row = ""] = renderClass([plan]).split("\n");
    expect(row.split(/ {2,}/)).to.deep.equal([
      "class, plan",
      "20",
      "24.0",
      "50.0",
      "2.20",
      "1234",
      "260",
      "0",
      "210",
    ]);
  });
});

describe("processes in the bench", () => {
  it("are read from Linux's files, with any characters in their names", () => {
    const stat = "42 (a) b (c) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 25 75 20 0 1 0 99 1000 2000";
    expect(stateOf(stat, "node\0a.ts\0", "9 250000 3")).to.deep.equal({
      parent: 7,
      commandLine: "node a.ts ",
      cpuSeconds: 3,
      megabytes: 1_024,
    });
  });

  it("belong to their ancestor", () => {
    const child = (parent: number) => ({ parent, commandLine: "", cpuSeconds: 0, megabytes: 0 });
    const all = new Map([1, 10, 11, 2].map((pid, index) => [pid, child([0, 1, 10, 0][index] ?? 0)] as const));
    expect([...familyOf(1, all)]).to.deep.equal([1, 10, 11]);
  });

  it("are distinguished by their command", () => {
    expect(kindOf("/usr/bin/node --require q.cjs /repo/students/work/worker.ts ")).to.equal("worker");
    expect(kindOf("/cache/bin/pulumi preview --stack kim ")).to.equal("engine");
    expect(kindOf("/venv/bin/python -m overlay --port 0 ")).to.equal("emulator");
  });
});
