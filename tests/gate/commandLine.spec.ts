import { expect } from "chai";

import { parseCommandLine, usage } from "../../gate/commandLine";

const everything = {
  stacks: [],
  json: false,
  sarif: undefined,
  port: undefined,
  folder: undefined,
  settings: undefined,
  thresholds: undefined,
};

describe("the gate's command line", () => {
  it("asks for every stack when it says nothing", () => {
    expect(parseCommandLine([])).to.deep.equal({ kind: "run", invocation: everything });
  });

  it("may ask for some stacks, in other forms and places", () => {
    const words = "--stack dev --stack prod --stack dev --json --sarif out.sarif --port 0 --folder f";
    const more = "--settings s --thresholds t";
    expect(parseCommandLine(`${words} ${more}`.split(" "))).to.deep.equal({
      kind: "run",
      invocation: {
        stacks: ["dev", "prod"],
        json: true,
        sarif: "out.sarif",
        port: 0,
        folder: "f",
        settings: "s",
        thresholds: "t",
      },
    });
  });

  it("is told of everything that is wrong with it", () => {
    const parsed = parseCommandLine(["prod", "--sarf", "x", "--json", "--port", "80"]);
    expect(parsed).to.deep.include({ kind: "wrong", json: true });
    const problems = parsed.kind === "wrong" ? parsed.problems : [];
    expect(problems.join("\n")).to.match(/--sarf; did you mean --sarif\?/);
    expect(problems.join("\n")).to.contain("--port 80 is no port");
    expect(problems.join("\n")).to.contain("unexpected: prod; a stack is named by --stack prod");
    expect(problems.join("\n")).to.contain("unexpected: x");
    expect(problems).to.have.length(4);
  });

  it("shows every option when asked for help, whatever else it says", () => {
    expect(parseCommandLine(["--wrong", "-h"])).to.deep.equal({ kind: "help" });
    for (const option of ["stack", "json", "sarif", "port", "folder", "settings", "thresholds", "help"]) {
      expect(usage()).to.contain(`--${option} `);
    }
  });
});
