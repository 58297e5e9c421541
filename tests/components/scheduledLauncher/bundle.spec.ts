import { expect } from "chai";

import { bundleHandler } from "../../../components/scheduledLauncher/bundle";

describe("the function's package", () => {
  const bundle = bundleHandler();

  it("is at most 100 kB", () => {
    expect(Buffer.byteLength(bundle)).to.be.at.most(100_000);
  });

  it("brings its handler", () => {
    expect(bundle).to.match(/module\.exports = __toCommonJS\(handler_exports\)/);
  });

  it("is the same each time, so that a second deployment changes nothing", () => {
    expect(bundleHandler()).to.equal(bundle);
  });
});
