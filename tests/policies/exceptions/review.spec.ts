import { expect } from "chai";

import type { Exception } from "../../../policies/exceptions/exception";
import { reviewExceptions } from "../../../policies/exceptions/review";
import { production } from "../../../policies/production/pack";
import { stackResult, type PolicyEvent, type PolicyRun } from "../../../policies/report/results";
import { packOf, run, standby, urn } from "../report/runs";

const rule = "production/database-multi-az";
const exception: Exception = {
  rules: [rule],
  resource: "wordpress-database",
  stack: "prod",
  reason: "The launch is in February",
  owner: "web team",
  until: "2027-02-28",
  line: 12,
};
const described: PolicyEvent = {
  ...standby,
  message: "wordpress-database (aws:rds/instance:Instance): multiAz is false.\nAllowed: true.\nFix: Set it.",
};
const excepted: PolicyEvent = { ...described, exception: { reason: "r", until: "2027-02-28", owner: "o" } };
const waiting: PolicyEvent = {
  ...standby,
  message: "can't run policy 'database-multi-az' from policy pack 'x' during preview: boolean at .multiAz",
  enforcementLevel: "advisory",
};

const prod = (...events: readonly PolicyEvent[]) => run("prod", [packOf(production)], ...events);

const review = (
  runs: readonly PolicyRun[],
  change: Partial<Exception> = {},
  { today = "2026-12-01", stacks = ["prod"], reported = true } = {},
) =>
  reviewExceptions([{ ...exception, ...change }], {
    results: runs.map(stackResult),
    stacks,
    isReported: () => reported,
    today,
  }).map(({ line, text }) => `${String(line)}: ${text}`);

const unused =
  "12: no violation of production/database-multi-az matches the exception (owner: web team); correct resource, stack and at, or remove it";

describe("the review of exceptions", () => {
  it("accepts one that covers a violation", () => {
    expect(review([prod(excepted)])).to.deep.equal([]);
    expect(review([prod(excepted)], { at: "multi*", resource: urn })).to.deep.equal([]);
  });

  it("reports one that has ended, only once", () => {
    const text =
      "12: the exception ended on 2027-02-28 (owner: web team); fix the violation and remove the exception, or set a later until";
    expect(review([prod(described)], {}, { today: "2027-02-28" })).to.deep.equal([]);
    expect(review([prod(described)], {}, { today: "2027-03-01" })).to.deep.equal([text]);
    expect(review([prod()], {}, { today: "2027-03-01" })).to.deep.equal([text]);
  });

  it("reports one that matches no violation", () => {
    expect(review([prod()])).to.deep.equal([unused]);
    expect(review([prod(excepted)], { resource: "wordpress-db" })).to.deep.equal([unused]);
    expect(review([prod(excepted)], { at: "storageEncrypted" })).to.deep.equal([unused]);
    expect(review([run("prod", [])])).to.deep.equal([unused]);
  });

  it("reports each rule without a violation", () => {
    expect(review([prod(excepted)], { rules: [rule, "production/database-backups"] })).to.deep.equal([
      unused.replace("multi-az", "backups"),
    ]);
  });

  it("does not report what the preview could not judge", () => {
    expect(review([prod(waiting)])).to.deep.equal([]);
    expect(review([prod(waiting)], { resource: "another" })).to.deep.equal([unused]);
    expect(review([{ ...prod(), finished: false }])).to.deep.equal([]);
  });

  it("reads only the stacks that it is about", () => {
    const dev = { ...prod(), stack: "dev" };
    const stacks = ["dev", "prod"];
    expect(review([dev, prod(excepted)], {}, { stacks })).to.deep.equal([]);
    expect(review([prod(excepted), dev], { stack: "*" }, { stacks })).to.deep.equal([]);
    expect(review([dev], {}, { stacks })).to.deep.equal([]);
    const elsewhere = { ...excepted, resourceUrn: urn.replace(":prod:", ":dev:") };
    expect(review([run("dev", [packOf(production)], elsewhere), prod()], {}, { stacks })).to.deep.equal([
      unused,
    ]);
  });

  it("does not count what a remediation has fixed", () => {
    expect(review([prod({ ...described, enforcementLevel: "remediate" })])).to.deep.equal([unused]);
    expect(review([prod({ ...described, enforcementLevel: "advisory" })])).to.deep.equal([]);
  });

  it("does not report what this run did not judge", () => {
    const stacks = ["prod", "prod-eu"];
    expect(review([prod()], { stack: "prod*" }, { stacks })).to.deep.equal([]);
    expect(review([], {})).to.deep.equal([]);
    expect(review([prod()], {}, { reported: false })).to.deep.equal([]);
    expect(review([prod(), { ...prod(), stack: "prod-eu" }], { stack: "prod*" }, { stacks })).to.deep.equal([
      unused,
    ]);
  });
});
