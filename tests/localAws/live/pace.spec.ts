import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { Failure } from "../../../cli/failure";
import { readSettingsFile } from "../../../components/settings/settingsFile";
import { settleFile } from "../../../config";
import { paceIn } from "../../../localAws/live/pace";
import { shippedStacks } from "../../support/stackFile";

const file = "Pulumi.local.yaml";

describe("the pace of a stack", () => {
  it("is AWS's by default, and what the stack's file states", () => {
    expect(paceIn({ "aws:region": "us-east-1" }, file)).to.equal("aws");
    expect(paceIn({ "emulator:pace": "fast" }, file)).to.equal("fast");
    expect(paceIn({ "emulator:pace": "aws" }, file)).to.equal("aws");
  });

  it("is refused with the allowed values, and with the right key for a misspelt one", () => {
    expect(() => paceIn({ "emulator:pace": "quick" }, file)).to.throw(
      Failure,
      /emulator:pace is "quick".+aws, fast/,
    );
    expect(() => paceIn({ "emulator:pase": "fast" }, file)).to.throw(
      Failure,
      /emulator:pase.+only key.+emulator:pace/,
    );
  });

  it("is fast only in the stack for the emulator", () => {
    const fast = shippedStacks().filter((stack) => {
      const name = `Pulumi.${stack}.yaml`;
      const bytes = readFileSync(path.join(__dirname, "../../..", name));
      const { config } = settleFile(readSettingsFile(name, bytes), { project: "wordpress-on-aws", stack });
      return paceIn(config, name) === "fast";
    });
    expect(fast).to.deep.equal(["local"]);
  });
});
