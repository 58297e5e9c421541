import { expect } from "chai";
import { isBuiltin } from "node:module";

import { bundleHandler } from "../../../components/scheduledLauncher/bundle";

describe("the function's package", () => {
  let bundle = "";

  before(async () => {
    bundle = await bundleHandler();
  });

  it("is at most 100 kB", () => {
    expect(Buffer.byteLength(bundle)).to.be.at.most(100_000);
  });

  it("brings its handler, and all that it needs but Node's own modules", () => {
    expect(bundle).to.match(/handler: ?\(\) ?=> ?handler\b/);
    const required = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? "");
    expect(required.filter((name) => !isBuiltin(name))).to.deep.equal([]);
  });

  it("is the same each time, so that a second deployment changes nothing", async () => {
    expect(await bundleHandler()).to.equal(bundle);
  });
});
