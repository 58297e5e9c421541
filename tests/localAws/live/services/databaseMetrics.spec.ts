import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Report } from "../../../../localAws/live/reports";
import { cpuTimeIn, startDatabaseMeter } from "../../../../localAws/live/services/database/metrics";
import { eventually } from "../../../support/eventually";

describe("the metrics of a database", () => {
  it("have the CPU time of its process, whatever the process is called", () => {
    const after = "S 1 2 3 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 1 0 100 1000 10";
    expect(cpuTimeIn(`42 (mariadbd) ${after}`)).to.equal(3_000_000);
    expect(cpuTimeIn(`42 (a ) b) ${after}`)).to.equal(3_000_000);
  });

  it("have AWS's names, and the free part of the allocated storage", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "database-"));
    try {
      await writeFile(path.join(folder, "data"), Buffer.alloc(1024 ** 2, "x"));
      const reports: Report[] = [];
      const place = { accountId: "123456789012", region: "us-east-1" };
      const meter = startDatabaseMeter({
        databases: () => [
          {
            id: "site",
            ...place,
            cores: 1,
            allocatedBytes: 5 * 1024 ** 2,
            dataFolder: folder,
            pid: process.pid,
            connections: () => Promise.resolve(3),
          },
        ],
        report: (report) => reports.push(report),
        log: (line) => expect.fail(line),
      });
      await eventually("two reports", () => Promise.resolve(reports.length > 1 ? true : undefined));
      await meter.stop();
      const data = reports.map((report) => (report.kind === "metrics" ? report.data : []));
      expect(reports[0]).to.include({ kind: "metrics", namespace: "AWS/RDS", ...place });
      expect(data[0]?.map(({ name }) => name)).to.deep.equal(["DatabaseConnections", "FreeStorageSpace"]);
      expect(data[1]?.map(({ name, value }) => [name, value]).slice(1, 2)).to.deep.equal([
        ["DatabaseConnections", 3],
      ]);
      expect(data[1]?.[0]).to.deep.include({
        name: "CPUUtilization",
        dimensions: { DBInstanceIdentifier: "site" },
      });
      expect(data[1]?.[2]?.value).to.be.within(3.9 * 1024 ** 2, 4 * 1024 ** 2);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
