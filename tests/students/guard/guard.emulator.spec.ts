import { expect } from "chai";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

import { accountIdOf } from "../../../localAws/accounts";
import { accountClients, type AccountClients } from "../../../students/account/clients";
import { emulatorLimits, makePace } from "../../../students/account/pace";
import { openClassPlace, type ClassPlace } from "../../support/classRun";
import { makeByHand, type Handmade } from "../inventory/handmade";

const factsSchema = z.object({
  students: z.array(
    z.object({
      id: z.string(),
      level: z.string(),
      spentDollars: z.number().optional(),
      dollarsPerDay: z.number().optional(),
      pausedNow: z.boolean(),
      reportedAt: z.string().optional(),
      reason: z.string().optional(),
    }),
  ),
});

describe("students guard", function () {
  this.timeout(180_000);
  let place: ClassPlace;
  let kim: AccountClients;
  let made: Handmade;

  before(async () => {
    place = await openClassPlace();
    await place.roster("id,name,budgetDollars\nkim,김지훈,10\nlee,Lee,\n");
    kim = accountClients(
      {
        region: "us-east-1",
        endpoint: place.endpoint,
        credentials: { accessKeyId: accountIdOf("class/kim"), secretAccessKey: "any" },
      },
      { pace: makePace(emulatorLimits), remembers: false, stop: undefined },
    );
    made = await makeByHand(kim);
  });

  after(() => place.close());

  const guard = async (...options: readonly string[]) => {
    const ended = await place.run(["guard", ...options]);
    const { students } = factsSchema.parse(JSON.parse(ended.stdout));
    return {
      ...ended,
      kim: students.find(({ id }) => id === "kim"),
      lee: students.find(({ id }) => id === "lee"),
    };
  };

  /** As if kim's account had cost that much before: the guard's ledger of an earlier run. */
  const spentBefore = async (dollars: number) => {
    const file = path.join(path.dirname(place.fileOf("kim")), "ledgers.json");
    await mkdir(path.dirname(file), { recursive: true });
    const entries = { "server i-gone": { dollars, dollarsPerHour: 0 } };
    await writeFile(file, JSON.stringify({ kim: { at: new Date().toISOString(), entries } }));
  };

  const serverState = async () => {
    const { Reservations } = await (await kim.ec2()).describeInstances({ InstanceIds: [made.serverId] });
    return Reservations?.[0]?.Instances?.[0]?.State?.Name;
  };

  it("counts what exists, and finds a student without anything", async () => {
    const ended = await guard();
    expect(ended.status, ended.stderr).to.equal(0);
    expect(ended.kim).to.include({ level: "ok", pausedNow: false });
    // Server, both load balancers, NAT gateway with its address, VPN connection, database, volumes, snapshots, secret, hosted
    // zone and key.
    expect(ended.kim?.dollarsPerDay).to.be.closeTo(
      24 * (0.0104 + 0.0325 + 0.025 + 0.045 + 0.005 + 0.05 + 0.017) +
        (24 / 730) * (20 * 0.115 + 108 * 0.08 + 8 * 0.05 + 20 * 0.095 + 0.4 + 0.5 + 1),
      0.01,
    );
    expect(ended.lee).to.include({ level: "ok", spentDollars: 0, dollarsPerDay: 0 });
  });

  for (const [dollars, level] of [
    [5, "half"],
    [8, "near"],
  ] as const) {
    it(`warns with exit status 3 at ${dollars * 10} %`, async () => {
      await spentBefore(dollars);
      const ended = await guard();
      expect(ended.kim).to.include({ level });
      expect(ended.status).to.equal(3);
      const again = await guard();
      expect(again.kim).to.include({ level });
      expect(again.kim?.reportedAt, "the second guard warns again").to.be.a("string");
      expect(again.status).to.equal(0);
    });
  }

  it("reports an account over its budget with exit status 4, and changes nothing", async () => {
    await spentBefore(10);
    const ended = await guard();
    expect(ended.kim).to.include({ level: "over", pausedNow: false });
    expect(ended.status).to.equal(4);
    expect(await serverState()).to.equal("running");
  });

  it("pauses it with --pause: also what was made by hand", async () => {
    await spentBefore(10);
    const ended = await guard("--pause");
    expect(ended.kim, ended.stderr).to.include({ level: "paused", pausedNow: true });
    expect(ended.status, ended.stderr).to.equal(3);
    expect(await serverState()).to.match(/^stop/);
    const { DBInstances } = await (await kim.rds()).describeDBInstances({});
    expect(DBInstances?.map(({ DBInstanceStatus }) => DBInstanceStatus)).to.deep.equal(["stopped"]);
    // What cannot be stopped still costs.
    expect(ended.kim?.dollarsPerDay).to.be.above(24 * 0.08);
  });

  it("has nothing left to pause in the next run", async () => {
    const ended = await guard("--pause");
    expect(ended.kim).to.include({ level: "paused", pausedNow: false });
    expect(ended.status).to.equal(0);
  });

  it("refuses a roster with a wrong budget or end, with all mistakes", async () => {
    await place.roster("id,name,budgetDollars,endsAt\nkim,Kim,0,tomorrow\n");
    const ended = await place.run(["guard"]);
    expect(ended.status).to.equal(2);
    expect(ended.stderr).to.include("budgetDollars").and.include("US dollars, e.g. 50 or 12.50");
    expect(ended.stderr).to.include("endsAt").and.include("a time with its offset from UTC");
  });
});
