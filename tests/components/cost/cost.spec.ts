import { expect } from "chai";
import fc from "fast-check";

import { type CostBasis, costOf, daysThatLast } from "../../../components/cost/cost";

const basis: CostBasis = {
  network: { natGateways: "none", interfaceEndpoints: "perAz" },
  database: { instanceClass: "db.t4g.micro", allocatedStorageGiB: 20, storageType: "gp3", multiAz: false },
  fleet: {
    image: { source: "bake" },
    instanceType: "t3.micro",
    rootVolumeGiB: 8,
    subnets: "private",
    capacity: { min: 1, desired: 1, max: 2 },
    schedules: [],
    paused: false,
    uploads: "shared",
    uploadsBackups: false,
    siteHealthCheck: true,
  },
  launcher: { instanceType: "t3.micro", maxRunningServers: 3 },
};

function partOf(name: string, of: CostBasis): number | undefined {
  const part = costOf(of).parts.find((each) => each.name === name);
  if (part === undefined) return expect.fail(`no part named ${name}`);
  return part.dollarsPerHour;
}

describe("the cost of a stack", () => {
  it("is the sum of its parts", () => {
    const { parts, dollarsPerHour, unpriced } = costOf(basis);
    expect(unpriced).to.deep.equal([]);
    expect(dollarsPerHour).to.be.closeTo(
      parts.reduce((sum, part) => sum + (part.dollarsPerHour ?? 0), 0),
      1e-12,
    );
  });

  it("counts every part once: the sum of a small stack without a NAT gateway", () => {
    // t3.micro, its disk and metrics, database and its disk, balancer with two addresses, endpoints, secrets,
    // uploads, images, health check, alarms, metrics of the launcher.
    const perMonth =
      730 * 0.0104 +
      (8 * 0.08 + 2.1) +
      730 * 0.016 +
      20 * 0.115 +
      730 * 0.0325 +
      730 * 0.02 +
      2 * 0.4 +
      5 * 0.3 +
      4 * 0.05 +
      0.5 +
      8 * 0.1 +
      2 * 0.3;
    expect(costOf(basis).dollarsPerMonth).to.be.closeTo(perMonth, 1e-9);
  });

  it("includes images only if the stack bakes them", () => {
    expect(partOf("images of the servers", basis)).to.be.closeTo(0.2 / 730, 1e-12);
    const bootstrap: CostBasis = { ...basis, fleet: { ...basis.fleet, image: { source: "bootstrap" } } };
    expect(costOf(bootstrap).parts.map(({ name }) => name)).not.to.include("images of the servers");
  });

  it("differs by the price of the NAT gateways and endpoints", () => {
    const withNat = (natGateways: "single" | "perAz"): CostBasis => ({
      ...basis,
      network: { ...basis.network, natGateways },
    });
    expect(partOf("endpoint of Secrets Manager", basis)).to.equal(0.02);
    const oneZone: CostBasis = { ...basis, network: { ...basis.network, interfaceEndpoints: "oneZone" } };
    expect(partOf("endpoint of Secrets Manager", oneZone)).to.equal(0.01);
    // The gateway and its public address: $36.50 a month.
    expect(partOf("NAT gateway", withNat("single"))).to.be.closeTo(36.5 / 730, 1e-12);
    expect(partOf("NAT gateways", withNat("perAz"))).to.be.closeTo(0.1, 1e-12);
  });

  it("includes the endpoint and NAT gateways for servers in public subnets", () => {
    const names = (subnets: "public" | "private") => {
      const network = { ...basis.network, natGateways: "single" } as const;
      return costOf({ ...basis, network, fleet: { ...basis.fleet, subnets } }).parts.map(({ name }) => name);
    };
    expect(names("public")).to.include.members(["NAT gateway", "endpoint of Secrets Manager"]);
    expect(names("private")).to.include("NAT gateway").and.not.to.include("endpoint of Secrets Manager");
  });

  it("includes backups of uploads if they are enabled", () => {
    const fleet = { ...basis.fleet, uploadsBackups: true };
    expect(partOf("backups of uploads", { ...basis, fleet })).to.be.closeTo(0.25 / 730, 1e-12);
  });

  it("has a minimum and a maximum by the number of servers, with schedules and the launcher's servers", () => {
    const server = 730 * 0.0104 + 8 * 0.08 + 7 * 0.3;
    const launched = 3 * (730 * 0.0104 + 8 * 0.08);
    const schedules = [
      { min: 0, desired: 0, max: 1 },
      { min: 2, desired: 3, max: 5 },
    ];
    const cost = costOf({ ...basis, fleet: { ...basis.fleet, schedules } });
    expect(cost.leastDollarsPerMonth).to.be.closeTo(cost.dollarsPerMonth - server, 1e-9);
    expect(cost.mostDollarsPerMonth).to.be.closeTo(cost.dollarsPerMonth + 4 * server + launched, 1e-9);
    const paused = costOf({ ...basis, fleet: { ...basis.fleet, schedules, paused: true } });
    expect(paused.mostDollarsPerMonth).to.be.closeTo(paused.leastDollarsPerMonth + launched, 1e-9);
  });

  it("doubles the database with a standby", () => {
    const standby = { ...basis, database: { ...basis.database, multiAz: true } };
    expect(partOf("database db.t4g.micro with standby", standby)).to.be.closeTo(0.032, 1e-12);
  });

  it("includes shared uploads and the site's health check only if they exist, HTTPS at its own price", () => {
    expect(partOf("5 GiB of uploads", basis)).to.be.closeTo(1.5 / 730, 1e-12);
    expect(partOf("health check of the site", basis)).to.be.closeTo(0.5 / 730, 1e-12);
    const withDomain = { ...basis, fleet: { ...basis.fleet, domain: { name: "blog.example.com" } } };
    expect(partOf("health check of the site", withDomain)).to.be.closeTo(1.5 / 730, 1e-12);
    const without: CostBasis = {
      ...basis,
      fleet: { ...basis.fleet, uploads: "local", siteHealthCheck: false },
    };
    const names = costOf(without).parts.map(({ name }) => name);
    expect(names.filter((name) => /uploads|health check/.test(name))).to.deep.equal([]);
  });

  it("includes a web ACL and each of its rules if there is one", () => {
    const withWaf = { ...basis, fleet: { ...basis.fleet, waf: {} } };
    expect(partOf("web application firewall", withWaf)).to.be.closeTo((5 + 7) / 730, 1e-12);
    expect(costOf(basis).parts.map(({ name }) => name)).not.to.include("web application firewall");
  });

  it("includes only the storage of a stopped database", () => {
    const stopped = costOf({ ...basis, database: { ...basis.database, stopped: true } });
    const names = stopped.parts.map(({ name }) => name).filter((name) => name.startsWith("database"));
    expect(names).to.deep.equal(["database storage"]);
  });

  it("includes no servers while the fleet is paused", () => {
    const paused = costOf({ ...basis, fleet: { ...basis.fleet, paused: true } });
    expect(paused.parts.map(({ name }) => name)).to.not.include("1 x t3.micro");
    expect(paused.dollarsPerHour).to.be.lessThan(costOf(basis).dollarsPerHour);
  });

  it("names parts without a known price instead of counting them as free", () => {
    const unknown = { ...basis, fleet: { ...basis.fleet, instanceType: "x9.huge" } };
    expect(costOf(unknown).unpriced).to.deep.equal(["1 x x9.huge"]);
  });

  it("grows with each server", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (desired) => {
        const of = (servers: number) =>
          costOf({ ...basis, fleet: { ...basis.fleet, capacity: { min: 0, desired: servers, max: 60 } } })
            .dollarsPerHour;
        return of(desired + 1) > of(desired);
      }),
    );
  });

  it("is converted to the whole days that a budget lasts", () => {
    const cost = costOf(basis);
    const days = daysThatLast(50, cost);
    expect(days * 24 * cost.dollarsPerHour).to.be.at.most(50);
    expect((days + 1) * 24 * cost.dollarsPerHour).to.be.greaterThan(50);
  });
});
