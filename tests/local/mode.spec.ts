import { expect } from "chai";

import { Failure } from "../../cli/failure";
import { decideMode, type ModeFacts } from "../../local/live/mode";

const ready: ModeFacts = {
  asked: undefined,
  current: undefined,
  whyNot: undefined,
  imagesAreThere: true,
  isAtTerminal: false,
  liveCommand: "npm run local -- --live",
  stopCommand: "npm run local -- stop",
};

describe("whether an up boots servers", () => {
  it("is live without any option where the machine and its images are ready", () => {
    expect(decideMode(ready)).to.deep.equal({ mode: "live" });
  });

  it("is recorded without images, and names their cost and the command that makes them", () => {
    const { mode, text } = decideMode({ ...ready, imagesAreThere: false });
    expect(mode).to.equal("recorded");
    expect(text).to.include("150 MB of packages, once").and.include("npm run local -- --live");
  });

  it("asks a user at a terminal whether to make the images", () => {
    expect(decideMode({ ...ready, imagesAreThere: false, isAtTerminal: true }).mode).to.equal("ask");
  });

  it("makes missing images when it is asked for with --live", () => {
    expect(decideMode({ ...ready, imagesAreThere: false, asked: "live" })).to.deep.equal({ mode: "live" });
  });

  it("is recorded on a machine that cannot boot servers, with the reason", () => {
    const { mode, text } = decideMode({ ...ready, whyNot: "It needs Linux." });
    expect([mode, text]).to.deep.equal(["recorded", "Recorded only, no server boots: It needs Linux."]);
  });

  it("fails with the reason when --live is not possible", () => {
    expect(() => decideMode({ ...ready, whyNot: "It needs Linux.", asked: "live" })).to.throw(
      Failure,
      "It needs Linux.",
    );
  });

  it("is recorded with --recorded, on every machine", () => {
    expect(decideMode({ ...ready, asked: "recorded" })).to.deep.equal({ mode: "recorded" });
    expect(decideMode({ ...ready, asked: "recorded", whyNot: "No." })).to.deep.equal({ mode: "recorded" });
  });

  it("keeps the mode of the stacks in the emulator", () => {
    expect(decideMode({ ...ready, current: "recorded" }).mode).to.equal("recorded");
    expect(decideMode({ ...ready, current: "live", imagesAreThere: false }).mode).to.equal("live");
  });

  for (const [asked, current] of [
    ["live", "recorded"],
    ["recorded", "live"],
  ] as const) {
    it(`refuses --${asked} while stacks are ${current}, and names the way`, () => {
      expect(() => decideMode({ ...ready, asked, current })).to.throw(Failure, "npm run local -- stop");
    });
  }
});
