import { expect } from "chai";

import { forAccount } from "../../components/settings/placeholderAccount";
import { openLiveStack, type LiveStack } from "../changes/liveStack";
import { settingsOf, type Groups } from "../changes/settings";

const nothing = { steps: [], error: undefined };

describe("stacks in one account and region", function () {
  this.timeout(900_000);
  let first: LiveStack;
  let empty: ReadonlyMap<string, number>;
  const stacks = new Map<string, { readonly live: LiveStack; readonly settings: Groups }>();

  before(async () => {
    // Not us-east-1, so that the test also finds defaults that depend on the region.
    first = await openLiveStack("local", undefined, "ap-northeast-2");
    empty = await first.inventory();
    const settings = (file: string) => forAccount(settingsOf(file), first.target.accountId);
    stacks.set("local", { live: first, settings: settings("local") });
    for (const [name, file] of [
      ["local-2", "local"],
      ["dev", "dev"],
      ["lab", "lab"],
    ] as const) {
      stacks.set(name, { live: await openLiveStack(name, first), settings: settings(file) });
    }
  });
  after(async () => {
    for (const { live } of [...stacks.values()].reverse()) await live.close();
  });

  const stack = (name: string) => {
    const found = stacks.get(name);
    if (found === undefined) throw new Error(`no stack ${name} was opened`);
    return found;
  };

  for (const name of ["local", "local-2", "dev", "lab"]) {
    it(`do not collide when ${name} is created`, async () => {
      const { live, settings } = stack(name);
      expect(await live.up(settings)).to.include({ error: undefined });
    });
  }

  it("do not change when another one is destroyed", async () => {
    const { live, settings } = stack("local");
    expect(await live.destroy(settings)).to.include({ error: undefined });
    for (const name of ["local-2", "dev", "lab"]) {
      const other = stack(name);
      expect(await other.live.preview(other.settings), name).to.deep.equal(nothing);
    }
  });

  it("leave nothing after down", async () => {
    for (const name of ["local-2", "dev", "lab"]) {
      const { live, settings } = stack(name);
      expect(await live.destroy(settings), name).to.include({ error: undefined });
    }
    expect(await first.inventory()).to.deep.equal(empty);
  });
});
