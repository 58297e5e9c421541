import { expect } from "chai";

import { coresOf, cpuPercent, trafficIn, type Usage } from "../../../../localAws/live/machines/cpu";

const idle: Usage = { at: 0, cpuMicroseconds: 0, waitedMicroseconds: 0, receivedBytes: 0, sentBytes: 0 };
const after = (seconds: number, given: Partial<Usage>): Usage => ({ ...idle, at: seconds * 1000, ...given });

describe("the CPU utilization of a machine", () => {
  it("is the used share of its cores", () => {
    expect(cpuPercent(idle, after(10, { cpuMicroseconds: 5_000_000 }), 1)).to.equal(50);
    expect(cpuPercent(idle, after(10, { cpuMicroseconds: 5_000_000 }), 2)).to.equal(25);
  });

  it("counts the time in which a busy host kept it waiting", () => {
    const starved = after(10, { cpuMicroseconds: 1_500_000, waitedMicroseconds: 8_000_000 });
    expect(cpuPercent(idle, starved, 1)).to.equal(95);
  });

  it("is never more than 100, nor less than 0 after a new start of its counters", () => {
    const busy = after(10, { cpuMicroseconds: 20_000_000, waitedMicroseconds: 9_000_000 });
    expect(cpuPercent(idle, busy, 1)).to.equal(100);
    expect(cpuPercent(busy, after(20, { cpuMicroseconds: 1 }), 1)).to.equal(0);
    expect(cpuPercent(busy, busy, 1)).to.equal(0);
  });
});

describe("the cores of an instance type", () => {
  it("are half its vCPUs, and at most the host's", () => {
    for (const type of ["t3.nano", "t3.micro", "t4g.small", "m7g.large"])
      expect(coresOf(type, 8)).to.equal(1);
    expect(coresOf("m7i.xlarge", 8)).to.equal(2);
    expect(coresOf("m7i.2xlarge", 8)).to.equal(4);
    expect(coresOf("m7i.8xlarge", 2)).to.equal(2);
  });
});

describe("the traffic of a machine", () => {
  it("is that of its interfaces, without loopback", () => {
    const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     900       9    0    0    0     0          0         0      900       9    0    0    0     0       0          0
  eth0:    1500      12    0    0    0     0          0         0     2500      20    0    0    0     0       0          0
  eth1:     500       2    0    0    0     0          0         0      500       2    0    0    0     0       0          0
`;
    expect(trafficIn(text)).to.deep.equal({ receivedBytes: 2000, sentBytes: 3000 });
  });
});
