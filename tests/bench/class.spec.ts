import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { hundredVerdict, memoryVerdict, renderClass, studentVerdict } from "../../bench/classReport";
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

  it("compares a student's time with the median of an empty program's previews", () => {
    const empty = [1, 0.5, 90];
    expect(studentVerdict({ of: "class, plan", atMost: 1.2 }, [plan], empty)).to.deep.equal({
      ratio: 1.2,
      reached: true,
    });
    expect(studentVerdict({ of: "class, plan", atMost: 1.19 }, [plan], empty).reached).to.equal(false);
  });

  it("misses a goal that was not measured", () => {
    expect(studentVerdict({ of: "class, up", atMost: 9 }, [plan], [1]).reached).to.equal(false);
    expect(studentVerdict({ of: "class, plan", atMost: 9 }, [plan], []).reached).to.equal(false);
  });

  it("judges the peak of the memory in all commands", () => {
    const up = { ...plan, peakMegabytes: 1_500 };
    expect(memoryVerdict(1_500, [plan, up])).to.deep.equal({ megabytes: 1_500, reached: true });
    expect(memoryVerdict(1_499, [plan, up]).reached).to.equal(false);
  });

  it("counts a command's time for a hundred students, and misses the goal of a command that did not run", () => {
    const goal = { of: "class, plan", atMostSeconds: 120 };
    expect(hundredVerdict(goal, [plan])).to.deep.equal({ seconds: 120, reached: true });
    expect(hundredVerdict({ ...goal, atMostSeconds: 119 }, [plan]).reached).to.equal(false);
    expect(hundredVerdict({ ...goal, of: "class, grade" }, [plan]).reached).to.equal(false);
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
      commandLine: "node a.ts ",
      cpuSeconds: 3,
      megabytes: 1_024,
    });
  });

  // The bench watches processes on Linux only.
  const onLinux = process.platform === "linux" ? it : () => undefined;
  onLinux("belong to their ancestor, and to no other process", async () => {
    const child = spawn("sh", ["-c", "sleep 60 & echo $!; wait"], { stdio: ["ignore", "pipe", "ignore"] });
    try {
      const grandchild = Number(String(await once(child.stdout, "data")));
      expect(await familyOf(child.pid ?? 0)).to.deep.equal([child.pid, grandchild]);
      expect(await familyOf(process.pid)).to.include.members([process.pid, child.pid, grandchild]);
      process.kill(grandchild);
    } finally {
      child.kill();
    }
  });

  it("are distinguished by their command", () => {
    expect(kindOf("/usr/bin/node --require q.cjs /repo/students/work/worker.ts ")).to.equal("worker");
    expect(kindOf("/cache/bin/pulumi preview --stack kim ")).to.equal("engine");
    expect(kindOf("/venv/bin/python -m overlay --port 0 ")).to.equal("emulator");
  });
});
