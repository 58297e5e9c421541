import { expect } from "chai";

import { shortenedMinutes } from "../../../localAws/clock/emulatedTime";
import { averageCpu, loadOf } from "../../../localAws/clock/load";
import { alarmStates, type Breach, isPending, observe } from "../../../localAws/clock/trackingAlarms";

const start = Date.parse("2026-03-02T09:00:00Z");
const after = (minutes: number) => start + shortenedMinutes(minutes);
const at = (metric: number): Breach => observe(undefined, metric, 50, start);

describe("alarms of target tracking", () => {
  it("have insufficient data before the first value", () => {
    expect(alarmStates(undefined, start)).to.deep.equal({
      high: "INSUFFICIENT_DATA",
      low: "INSUFFICIENT_DATA",
    });
  });

  it("set AlarmHigh after three minutes above the target, not earlier", () => {
    expect(alarmStates(at(51), after(2.9))).to.deep.equal({ high: "OK", low: "OK" });
    expect(alarmStates(at(51), after(3))).to.deep.equal({ high: "ALARM", low: "OK" });
  });

  it("set AlarmLow after fifteen minutes below 90 % of the target, not earlier", () => {
    expect(alarmStates(at(44), after(14.9))).to.deep.equal({ high: "OK", low: "OK" });
    expect(alarmStates(at(44), after(15))).to.deep.equal({ high: "OK", low: "ALARM" });
  });

  it("stay OK at the target, and at 90 % of it", () => {
    for (const metric of [50, 45]) {
      expect(alarmStates(at(metric), after(60)), `${metric} %`).to.deep.equal({ high: "OK", low: "OK" });
    }
  });

  it("count a breach from its first value, and start again after a value in between", () => {
    const higher = observe(at(51), 99, 50, after(2));
    expect(alarmStates(higher, after(3)).high).to.equal("ALARM");
    const again = observe(observe(at(51), 48, 50, after(1)), 51, 50, after(2));
    expect(alarmStates(again, after(4)).high).to.equal("OK");
    expect(alarmStates(again, after(5)).high).to.equal("ALARM");
    const fallen = observe(at(99), 2, 50, after(4));
    expect(alarmStates(fallen, after(18))).to.deep.equal({ high: "OK", low: "OK" });
    expect(alarmStates(fallen, after(19))).to.deep.equal({ high: "OK", low: "ALARM" });
  });

  it("are pending until a breach has lasted long enough", () => {
    expect(isPending(at(51), alarmStates(at(51), after(1)))).to.be.true;
    expect(isPending(at(51), alarmStates(at(51), after(3)))).to.be.false;
    expect(isPending(at(44), alarmStates(at(44), after(14)))).to.be.true;
    expect(isPending(at(48), alarmStates(at(48), after(1)))).to.be.false;
  });
});

describe("a load", () => {
  it("spreads over the servers that are added, and never exceeds a server's CPU", () => {
    const load = loadOf(90, 2, start);
    expect(averageCpu(load, 2)).to.equal(90);
    expect(averageCpu(load, 3)).to.equal(60);
    expect(averageCpu(load, 1)).to.equal(100);
  });

  it("has no average without servers", () => {
    expect(averageCpu(loadOf(90, 2, start), 0)).to.be.undefined;
  });
});
