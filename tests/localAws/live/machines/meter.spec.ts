import { expect } from "chai";

import type { Usage } from "../../../../localAws/live/machines/cpu";
import { newMeter, startMeter } from "../../../../localAws/live/machines/meter";
import type { Report } from "../../../../localAws/live/reports";
import { eventually } from "../../../support/eventually";

const server = { id: "i-1", cores: 1, detailed: true, checks: "ok" };

function usage(seconds: number, given: Partial<Usage> = {}): Usage {
  const none = { cpuMicroseconds: 0, waitedMicroseconds: 0, receivedBytes: 0, sentBytes: 0 };
  return { at: seconds * 1000, ...none, ...given };
}

describe("the meter of a machine", () => {
  it("gives no value before the second reading", () => {
    expect(newMeter().take(server, usage(0))).to.be.empty;
  });

  it("gives the CPU utilization since the reading before, of the instance", () => {
    const meter = newMeter();
    meter.take(server, usage(0));
    expect(meter.take(server, usage(2, { cpuMicroseconds: 1_000_000 }))).to.deep.equal([
      {
        name: "CPUUtilization",
        dimensions: { InstanceId: "i-1" },
        value: 50,
        unit: "Percent",
        at: 2000,
        storageResolution: 1,
      },
    ]);
    const [next] = meter.take(server, usage(4, { cpuMicroseconds: 1_000_000 }));
    expect(next?.value).to.equal(0);
  });

  it("gives traffic and status checks each minute, as the bytes of that minute", () => {
    const meter = newMeter();
    meter.take(server, usage(0, { receivedBytes: 100, sentBytes: 50 }));
    expect(meter.take(server, usage(58)).map(({ name }) => name)).to.deep.equal(["CPUUtilization"]);
    const minute = meter.take(server, usage(60, { receivedBytes: 1100, sentBytes: 250 }));
    expect(minute.slice(1).map(({ name, value }) => [name, value])).to.deep.equal([
      ["NetworkIn", 1000],
      ["NetworkOut", 200],
      ["StatusCheckFailed", 0],
      ["StatusCheckFailed_Instance", 0],
      ["StatusCheckFailed_System", 0],
    ]);
    const impaired = meter.take({ ...server, checks: "impaired" }, usage(120));
    expect(impaired.map(({ value }) => value)).to.deep.equal([0, -1100, -250, 1, 1, 0]);
  });

  it("gives the average of five minutes without detailed monitoring", () => {
    const meter = newMeter();
    const basic = { ...server, detailed: false };
    meter.take(basic, usage(0));
    expect(
      meter.take(basic, usage(240, { cpuMicroseconds: 240_000_000 })).map(({ name }) => name),
    ).to.not.include("CPUUtilization");
    const [cpu] = meter.take(basic, usage(300, { cpuMicroseconds: 240_000_000 }));
    expect(cpu).to.include({ name: "CPUUtilization", value: 80, storageResolution: 60 });
  });

  it("starts again when the machine was powered off and on", () => {
    const meter = newMeter();
    meter.take(server, usage(0, { cpuMicroseconds: 90_000_000 }));
    expect(meter.take(server, usage(2, { cpuMicroseconds: 10 }))).to.be.empty;
    expect(meter.take(server, usage(4, { cpuMicroseconds: 1_000_010 }))[0]?.value).to.equal(50);
  });
});

describe("the meter of a region", () => {
  it("reports the metrics of each running machine in its account, and none of one that has powered off", async () => {
    const reports: Report[] = [];
    let used = 0;
    const cgroup = {
      usageMicroseconds: () => (used += 1_000_000),
      waitedMicroseconds: () => 0,
    };
    const gone = {
      usageMicroseconds: () => {
        throw Object.assign(new Error("no such file"), { code: "ENOENT" });
      },
      waitedMicroseconds: () => 0,
    };
    const place = { region: "us-east-1", pid: process.pid };
    const meter = startMeter({
      machines: () => [
        { ...server, ...place, accountId: "000000000001", cgroup },
        { ...server, ...place, id: "i-2", accountId: "000000000002", cgroup: gone },
      ],
      report: (report) => reports.push(report),
      log: (line) => expect.fail(line),
    });
    await eventually("a report", () => Promise.resolve(reports.length > 0 ? true : undefined));
    await meter.stop();
    expect(reports).to.have.length(1);
    const [report] = reports;
    expect(report).to.include({
      kind: "metrics",
      accountId: "000000000001",
      region: "us-east-1",
      namespace: "AWS/EC2",
    });
    // One second of CPU time in about two.
    expect(report?.kind === "metrics" ? report.data[0]?.value : undefined).to.be.within(20, 55);
  });
});
