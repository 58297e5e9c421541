import { expect } from "chai";

import { dollarsPerMonth } from "../../siteCommands/pair/cost";
import { newPairId } from "../../siteCommands/pair/marks";
import { beyond, pairsOf, type SnapshotPart, type UploadsPart } from "../../siteCommands/pair/pair";
import { pairsText } from "../../siteCommands/pair/text";

const now = new Date("2026-12-01T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

const tags = (id: string, hours: number, more: Record<string, string> = {}) => ({
  "site-backup:pair": id,
  "site-backup:started": hoursAgo(hours),
  ...more,
});
const snapshot = (id: string, hours: number, more: Record<string, string>, status = "available") =>
  ({
    name: `db-${id}`,
    status,
    sizeGiB: 20,
    engineVersion: "11.8.3",
    tags: tags(id, hours, more),
  }) satisfies SnapshotPart;
const uploads = (id: string, hours: number, status = "COMPLETED") =>
  ({ arn: `arn:${id}`, status, sizeBytes: 2 * 1024 ** 3, tags: tags(id, hours) }) satisfies UploadsPart;
const complete = { "site-backup:outcome": "complete" };
const shared = { "site-backup:uploads": "shared" };
const none = { "site-backup:uploads": "none" };

const only = (snapshots: readonly SnapshotPart[], points: readonly UploadsPart[] = []) => {
  const [pair, ...others] = pairsOf(snapshots, points, now);
  expect(others).to.deep.equal([]);
  return pair;
};

describe("a backup", () => {
  it("is complete with both parts, or with the snapshot of a stack without shared uploads", () => {
    expect(only([snapshot("a", 1, { ...shared, ...complete })], [uploads("a", 1)])).to.include({
      state: "complete",
    });
    expect(only([snapshot("a", 1, { ...none, ...complete })])).to.include({ state: "complete" });
  });

  it("is never complete without a part, in a wrong state, or before its end", () => {
    const marked = { ...shared, ...complete };
    for (const [snapshots, points, reason] of [
      [[], [uploads("a", 1)], "snapshot is missing"],
      [[snapshot("a", 1, marked)], [], "uploads is missing"],
      [[snapshot("a", 1, marked)], [uploads("a", 1, "EXPIRED")], "EXPIRED"],
      [[snapshot("a", 1, marked)], [uploads("b", 1)], "uploads is missing"],
      [[snapshot("a", 1, marked, "creating")], [uploads("a", 1)], "creating"],
      [[snapshot("a", 1, { ...shared, "site-backup:outcome": "failed" })], [uploads("a", 1)], "failed"],
      [[snapshot("a", 25, shared)], [uploads("a", 25)], "25 hours ago"],
    ] as const) {
      const [pair] = pairsOf(snapshots, points, now).filter(({ id }) => id === "a");
      expect(pair?.state, reason).to.equal("incomplete");
      expect(pair?.reason).to.contain(reason);
    }
    expect(only([snapshot("a", 1, shared)], [uploads("a", 1)])).to.include({ state: "in progress" });
  });

  it("has an id that sorts by time", () => {
    expect(newPairId(new Date("2026-12-01T11:35:02.123Z"))).to.match(/^20261201-113502-[0-9a-f]{4}$/);
  });

  it("costs its storage, and a list names age, size, price and state", () => {
    const pairs = pairsOf(
      [snapshot("new", 3, { ...shared, ...complete }), snapshot("old", 72, { ...shared, ...complete })],
      [uploads("new", 3)],
      now,
    );
    // 20 GiB at $0.095, 2 GiB at $0.05.
    expect(pairs.map(dollarsPerMonth)).to.deep.equal([2, 1.9]);
    const [, first, second, total] = pairsText(pairs, now).split("\n");
    expect(first).to.match(/^new +3 h +20 GiB +2048\.0 MiB +11\.8\.3 +\$2\.00 +complete$/);
    expect(second).to.match(/^old +3 d +20 GiB +- +11\.8\.3 +\$1\.90 +incomplete: the recovery point/);
    expect(total).to.contain("$3.90");
  });

  it("stays when it is one of the newest complete ones, however many others failed", () => {
    const marked = { ...none, ...complete };
    const pairs = pairsOf(
      [
        snapshot("1", 50, marked),
        snapshot("2", 40, marked),
        snapshot("3", 30, marked),
        snapshot("4", 1, { ...none, "site-backup:outcome": "failed" }),
      ],
      [],
      now,
    );
    expect(pairs.map(({ id }) => id)).to.deep.equal(["4", "3", "2", "1"]);
    expect(beyond(pairs, 2).map(({ id }) => id)).to.deep.equal(["1"]);
    expect(beyond(pairs, 3)).to.deep.equal([]);
  });
});
