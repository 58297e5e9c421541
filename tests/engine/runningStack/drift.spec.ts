import { expect } from "chai";

import { collectDrift } from "../../../engine/runningStack/drift";

const urn = "urn:pulumi:prod::wordpress::aws:ec2/subnet:Subnet::private-1";
const event = (op: string, old: object | null, now: object | null, type = "aws:ec2/subnet:Subnet") => ({
  resOutputsEvent: {
    metadata: {
      op,
      urn,
      type,
      old: old === null ? null : { outputs: old },
      new: now === null ? null : { outputs: now },
    },
  },
});

const driftOf = (...events: readonly unknown[]) => {
  const collected = collectDrift();
  for (const each of events) collected.onEvent(each);
  return collected.drift;
};

describe("the drift that a refresh finds", () => {
  it("is every property that differs, with its value in the account", () => {
    const old = { id: "subnet-1", public: false, tags: { a: "1" }, gone: "x" };
    const now = { id: "subnet-1", public: true, tags: { a: "2" }, added: [1] };
    expect(driftOf(event("update", old, now))).to.deep.equal([
      {
        urn,
        gone: false,
        properties: [
          { property: "added", value: [1] },
          { property: "gone", value: undefined },
          { property: "public", value: true },
          { property: "tags", value: { a: "2" } },
        ],
      },
    ]);
  });

  it("is a resource that does not exist any more", () => {
    expect(driftOf(event("delete", { id: "subnet-1" }, null))).to.deep.equal([
      { urn, gone: true, properties: [] },
    ]);
  });

  it("is nothing where the account is as the state, nor in other events", () => {
    expect(
      driftOf(
        event("same", { a: 1 }, { a: 1 }),
        event("refresh", { a: [{ b: 1 }] }, { a: [{ b: 1 }] }),
        event("create", null, { a: 1 }),
        event("update", { a: 1 }, { a: 2 }, "pulumi:providers:aws"),
        { summaryEvent: {} },
      ),
    ).to.deep.equal([]);
  });
});
