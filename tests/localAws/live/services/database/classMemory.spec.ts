import { expect } from "chai";

import { availableMemory, classMemory } from "../../../../../localAws/live/services/database/classMemory";

const gib = 1024 ** 3;

describe("the memory of an RDS class", () => {
  it("follows its family and size", () => {
    const expected = {
      "db.t4g.micro": 1,
      "db.t3.small": 2,
      "db.t4g.medium": 4,
      "db.t3.2xlarge": 32,
      "db.m7g.large": 8,
      "db.m6gd.xlarge": 16,
      "db.m5.24xlarge": 384,
      "db.r6g.large": 16,
      "db.r5.4xlarge": 128,
    };
    for (const [name, size] of Object.entries(expected)) expect(classMemory(name), name).to.equal(size * gib);
  });

  it("leaves RDS's own part out, so that a micro has the 30 connections that users see", () => {
    expect(Math.floor(availableMemory("db.t4g.micro") / 25_165_760)).to.equal(30);
    expect(Math.floor(availableMemory("db.t3.small") / 12_582_880)).to.equal(150);
    expect(availableMemory("db.r5.24xlarge")).to.be.within(700 * gib, 768 * gib);
  });

  it("is unknown for another name", () => {
    for (const name of ["t4g.micro", "db.t4g", "db.t4g.enormous"]) {
      expect(() => classMemory(name), name).to.throw("is unknown. Allowed: db.FAMILY.SIZE");
    }
  });
});
