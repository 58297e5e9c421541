import { expect } from "chai";

import { takenByNpm, takenText } from "../../cli/npmOptions";

const options = {
  stack: { type: "string" },
  port: { type: "string" },
  json: { type: "boolean" },
  yes: { type: "boolean" },
} as const;

/** The options that the script finds when npm starts it with these environment variables. */
function find(settings: NodeJS.ProcessEnv, ...words: readonly string[]) {
  return takenByNpm({ npm_lifecycle_event: "local", ...settings }, words, options, ["up", "down"]);
}

describe("options that npm took for itself", () => {
  it("are found with their value after an equals sign", () => {
    expect(find({ npm_config_stack: "dev" }, "down")).to.deep.equal({
      names: ["stack"],
      command: "npm run local -- down --stack dev",
      isCertain: true,
    });
  });

  it("are found with their value left among the words, before or after the command", () => {
    const command = "npm run local -- down --stack dev";
    expect(find({ npm_config_stack: "true" }, "dev", "down")).to.include({ command });
    expect(find({ npm_config_stack: "true" }, "down", "dev")).to.include({ command });
  });

  it("are found without a value", () => {
    expect(find({ npm_config_stack: "true" }, "up", "--json")).to.include({
      command: "npm run local -- up --json --stack VALUE",
    });
  });

  it("are not certain when npm has an option of this name, which .npmrc may set", () => {
    expect(find({ npm_config_json: "true", npm_config_yes: "true" })).to.include({ isCertain: false });
    expect(find({ npm_config_json: "true", npm_config_port: "4600" })).to.include({ isCertain: true });
  });

  it("are not found when npm took none or did not start the script", () => {
    expect(find({ npm_config_yes: "", npm_config_json: "false" }, "down", "--stack", "dev")).to.equal(
      undefined,
    );
    expect(takenByNpm({ npm_config_stack: "dev" }, [], options)).to.equal(undefined);
  });

  it("are reported with the command that works", () => {
    const taken = find({ npm_config_stack: "dev", npm_config_port: "4600" });
    expect(taken && takenText(taken)).to.equal(
      'npm took --stack and --port for itself: options of this command follow a "--". ' +
        "Type: npm run local -- --stack dev --port 4600",
    );
  });
});
