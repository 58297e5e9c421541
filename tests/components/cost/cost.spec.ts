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
    capacity: { desired: 1 },
    paused: false,
    uploads: "shared",
    siteHealthCheck: true,
  },
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

  it("counts every part once: a small stack without a NAT gateway, by hand", () => {
    // t3.micro, its disk and metrics, database and its disk, balancer with two addresses, endpoints, secrets,
    // uploads, images, health check.
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
      0.5;
    expect(costOf(basis).dollarsPerMonth).to.be.closeTo(perMonth, 1e-9);
  });

  it("counts images only where they are baked", () => {
    expect(partOf("images of the servers", basis)).to.be.closeTo(0.2 / 730, 1e-12);
    const bootstrap: CostBasis = { ...basis, fleet: { ...basis.fleet, image: { source: "bootstrap" } } };
    expect(costOf(bootstrap).parts.map(({ name }) => name)).not.to.include("images of the servers");
  });

  it("shows the choices of a way out side by side", () => {
    const withNat = (natGateways: "single" | "perAz"): CostBasis => ({
      ...basis,
      network: { ...basis.network, natGateways },
    });
    expect(partOf("endpoint of Secrets Manager", basis)).to.equal(0.02);
    expect(partOf("NAT gateway", withNat("single"))).to.be.closeTo(0.05, 1e-12);
    expect(partOf("NAT gateways", withNat("perAz"))).to.be.closeTo(0.1, 1e-12);
  });

  it("doubles the database with a standby", () => {
    const standby = { ...basis, database: { ...basis.database, multiAz: true } };
    expect(partOf("database db.t4g.micro with standby", standby)).to.be.closeTo(0.032, 1e-12);
  });

  it("has shared uploads and the site's health check in it only where they are, HTTPS at its own price", () => {
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

  it("has a stopped database's storage in it, and no more of it", () => {
    const stopped = costOf({ ...basis, database: { ...basis.database, stopped: true } });
    const names = stopped.parts.map(({ name }) => name).filter((name) => name.startsWith("database"));
    expect(names).to.deep.equal(["database storage", "database secret"]);
  });

  it("has no servers in it while the fleet is paused", () => {
    const paused = costOf({ ...basis, fleet: { ...basis.fleet, paused: true } });
    expect(paused.parts.map(({ name }) => name)).to.not.include("1 x t3.micro");
    expect(paused.dollarsPerHour).to.be.lessThan(costOf(basis).dollarsPerHour);
  });

  it("names what the price table lacks instead of counting it as free in silence", () => {
    const unknown = { ...basis, fleet: { ...basis.fleet, instanceType: "x9.huge" } };
    expect(costOf(unknown).unpriced).to.deep.equal(["1 x x9.huge"]);
  });

  it("grows with each server", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (desired) => {
        const of = (servers: number) =>
          costOf({ ...basis, fleet: { ...basis.fleet, capacity: { desired: servers } } }).dollarsPerHour;
        return of(desired + 1) > of(desired);
      }),
    );
  });

  it("says how many whole days a budget lasts", () => {
    const cost = costOf(basis);
    const days = daysThatLast(50, cost);
    expect(days * 24 * cost.dollarsPerHour).to.be.at.most(50);
    expect((days + 1) * 24 * cost.dollarsPerHour).to.be.greaterThan(50);
  });
});
