import { expect } from "chai";

import type { Part } from "../../../../localAws/live/region/part";
import { reconcile, stopParts } from "../../../../localAws/live/region/reconcile";
import type { World } from "../../../../localAws/live/world";

const world: World = { bootId: "b", number: 1, places: [] };

function partOf(name: string, calls: string[], fails = false): Part {
  const call = (what: string) => async (): Promise<void> => {
    calls.push(`${what} ${name}`);
    if (fails) throw new Error("out of addresses");
    await Promise.resolve();
  };
  return { name, reconcile: call("reconcile"), stop: call("stop") };
}

describe("a round of the region's parts", () => {
  it("calls the parts after a failed one, and names the failed one with its reason", async () => {
    const calls: string[] = [];
    const lines: string[] = [];
    const parts = [partOf("network", calls, true), partOf("machines", calls)];
    const { failed } = await reconcile(parts, world, (line) => lines.push(line));
    expect(calls).to.deep.equal(["reconcile network", "reconcile machines"]);
    expect(failed).to.deep.equal(["network"]);
    expect(lines).to.deep.equal(["network: out of addresses"]);
  });

  it("stops all parts in reverse order, also when one fails", async () => {
    const calls: string[] = [];
    await stopParts([partOf("network", calls), partOf("machines", calls, true)], () => undefined);
    expect(calls).to.deep.equal(["stop machines", "stop network"]);
  });
});
