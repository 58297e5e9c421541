import { expect } from "chai";

import {
  create,
  previewCreate,
  previewUpdate,
  read,
  UnfinishedError,
  update,
} from "../../../../localAws/providers/aws/core/lifecycle";
import { isUnfinished, unfinished } from "../../../../localAws/providers/aws/core/state";
import type { Properties } from "../../../../localAws/providers/aws/resourceType";
import { unknown } from "../../../../localAws/providers/protocol/special";
import { fakeType, noAws, rememberingType } from "./fakeType";

const wanted = (old: Properties, inputs: Properties, ignoreChanges: readonly string[] = []) => ({
  name: "web",
  old,
  new: inputs,
  ignoreChanges,
});

describe("the lifecycle of a resource", () => {
  it("creates a state with AWS's values and with those that AWS does not return", async () => {
    const type = fakeType(
      { force: { notReadable: true }, policy: { json: true }, zones: { set: true }, size: {} },
      {
        create: () => Promise.resolve({ id: "thing-1" }),
        read: () => Promise.resolve({ arn: "arn:1", policy: '{"a":1}', zones: ["b", "a"], size: 3 }),
      },
    );
    const inputs = { force: true, policy: '{ "a": 1 }', zones: ["a", "b"], size: 2 };
    expect(await create(type, noAws, inputs)).to.deep.equal({
      id: "thing-1",
      state: { arn: "arn:1", force: true, policy: '{ "a": 1 }', zones: ["a", "b"], size: 3 },
    });
  });

  it("shows values that AWS chooses as unknown in a preview, also within blocks", () => {
    const block = { nested: { tokens: { computed: true as const }, length: {} }, computed: true as const };
    const type = fakeType({ given: block, left: block, plain: {} });
    expect(previewCreate(type, { given: { length: 1 } })).to.deep.equal({
      given: { length: 1, tokens: unknown },
      left: unknown,
    });
  });

  it("keeps no state when AWS refuses the creation", async () => {
    const type = fakeType({}, { create: () => Promise.reject(new Error("no")) });
    const error = await create(type, noAws, {}).catch((reason: unknown) => reason);
    expect(error).not.to.be.instanceOf(UnfinishedError);
    expect(error).to.have.property("message", "no");
  });

  it("keeps the resource when a later step fails, and completes it with the next update", async () => {
    const steps: string[] = [];
    let broken = true;
    const { type } = rememberingType(
      { size: {} },
      {
        complete: (_aws, id) => {
          steps.push(`complete ${id}`);
          return broken ? Promise.reject(new Error("throttled")) : Promise.resolve();
        },
      },
    );
    const error = await create(type, noAws, { size: 1 }).catch((reason: unknown) => reason);
    if (!(error instanceof UnfinishedError)) throw new Error("it should be unfinished");
    expect(error.resource.id).to.equal("thing-1");
    expect(isUnfinished(error.resource.state)).to.equal(true);

    broken = false;
    const state = await update(type, noAws, "thing-1", wanted(error.resource.state, { size: 1 }));
    expect(steps).to.deep.equal(["complete thing-1", "complete thing-1"]);
    expect(state).to.deep.equal({ size: 1 });
  });

  it("keeps it unfinished in a refresh", async () => {
    const type = fakeType({ size: {} }, { read: () => Promise.resolve({ size: 1 }) });
    const found = await read(type, noAws, "thing-1", { inputs: { size: 1 }, state: unfinished({ size: 1 }) });
    expect(isUnfinished(found?.state ?? {})).to.equal(true);
    expect(found?.inputs).to.deep.equal({ size: 1 });
  });

  it("changes only differences in place, and no ignored ones", async () => {
    const changes: string[][] = [];
    const { type } = rememberingType(
      { size: {}, colour: {}, shape: {} },
      {
        update: (_aws, { changed, new: inputs }) => {
          changes.push([...changed, String(inputs["size"] === 5)]);
          return Promise.resolve();
        },
        read: () => Promise.resolve({}),
      },
    );
    const old = { size: 5, colour: "red", shape: "round" };
    await update(type, noAws, "thing-1", wanted(old, { size: 1, colour: "blue", shape: "round" }, ["size"]));
    expect(changes).to.deep.equal([["colour", "true"]]);
  });

  it("sends no request without a difference", async () => {
    const type = fakeType({ size: {} }, { read: () => Promise.resolve({ size: 1 }) });
    expect(await update(type, noAws, "thing-1", wanted({ size: 1 }, { size: 1 }))).to.deep.equal({ size: 1 });
  });

  it("fails when AWS does not return a new resource", async () => {
    const type = fakeType(
      {},
      { create: () => Promise.resolve({ id: "thing-1" }), read: () => Promise.resolve(undefined) },
    );
    const error = await create(type, noAws, {}).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UnfinishedError).with.property("cause").with.property("message");
  });

  describe("in a refresh", () => {
    const rules = {
      desired: { computed: true },
      policy: { json: true },
      size: { default: 1 },
      tags: {},
      force: { notReadable: true },
    } as const;
    const after = (there: Properties, inputs: Properties, state: Properties = inputs) =>
      read(fakeType(rules, { read: () => Promise.resolve(there) }), noAws, "thing-1", { inputs, state });

    it("keeps the program's form of unchanged values", async () => {
      const inputs = { policy: '{ "a": 1 }', tags: { Name: "a" }, force: true };
      const found = await after({ policy: '{"a":1}', tags: { Name: "a" }, size: 1, desired: 4 }, inputs);
      expect(found?.inputs).to.deep.equal(inputs);
      expect(found?.state).to.deep.equal({ ...inputs, desired: 4, size: 1 });
    });

    it("reports changes, additions and removals outside of Pulumi", async () => {
      const found = await after({ desired: 4, tags: { Owner: "someone" }, size: 2 }, { policy: "{}" });
      expect(found?.inputs).to.deep.equal({ tags: { Owner: "someone" }, size: 2 });
    });

    it("reports a resource that no longer exists", async () => {
      const type = fakeType({}, { read: () => Promise.resolve(undefined) });
      expect(await read(type, noAws, "thing-1", { inputs: {}, state: {} })).to.equal(undefined);
    });
  });

  it("previews unchanged, changed and unknown values", () => {
    const type = fakeType(
      { size: {}, note: {}, zone: { computed: true } },
      { renewedBy: (changed) => (changed.has("size") ? ["version"] : []) },
    );
    const old = { arn: "arn:1", size: 1, note: "x", zone: "a", version: 1 };
    expect(previewUpdate(type, wanted(old, { size: 2 }))).to.deep.equal({
      arn: "arn:1",
      size: 2,
      version: unknown,
      zone: "a",
    });
    expect(previewUpdate(type, wanted(old, { size: 1, note: "y" }))).to.deep.equal({ ...old, note: "y" });
  });
});
