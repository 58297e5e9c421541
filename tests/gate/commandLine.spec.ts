import { expect } from "chai";

import { options, parseCommandLine, usage } from "../../gate/commandLine";

const everything = {
  stacks: [],
  selection: { frameworks: [], severities: [], tags: [] },
  running: undefined,
  compare: undefined,
  json: false,
  sarif: undefined,
  port: undefined,
  folder: undefined,
  settings: undefined,
  thresholds: undefined,
  exceptions: undefined,
  levels: undefined,
  baseline: undefined,
  writeBaseline: undefined,
  explain: undefined,
};

describe("the gate's command line", () => {
  it("selects every stack without options", () => {
    expect(parseCommandLine([])).to.deep.equal({ kind: "run", invocation: everything });
  });

  it("selects stacks, output formats and folders", () => {
    const words =
      "--stack dev --stack prod --stack dev --json --sarif out.sarif --compare main --port 0 --folder f";
    const more =
      "--settings s --thresholds t --exceptions e --levels l --baseline b --write-baseline w --explain imdsv2 --framework cis --severity high --severity low --tag backup";
    expect(parseCommandLine(`${words} ${more}`.split(" "))).to.deep.equal({
      kind: "run",
      invocation: {
        stacks: ["dev", "prod"],
        selection: { frameworks: ["cis"], severities: ["high", "low"], tags: ["backup"] },
        running: undefined,
        compare: "main",
        json: true,
        sarif: "out.sarif",
        port: 0,
        folder: "f",
        settings: "s",
        thresholds: "t",
        exceptions: "e",
        levels: "l",
        baseline: "b",
        writeBaseline: "w",
        explain: "imdsv2",
      },
    });
  });

  it("selects running stacks", () => {
    const runningOf = (...words: readonly string[]) => {
      const parsed = parseCommandLine(words);
      return parsed.kind === "run" ? parsed.invocation.running : parsed;
    };
    expect(runningOf("--state")).to.deep.equal({ from: "backend", live: false });
    expect(runningOf("--state", "--local")).to.deep.equal({ from: "local", live: false });
    expect(runningOf("--live")).to.deep.equal({ from: "backend", live: true });
    expect(runningOf("--state", "--live", "--local")).to.deep.equal({ from: "local", live: true });
    expect(runningOf("--exported", "a", "--exported", "b")).to.deep.equal({
      from: { files: ["a", "b"] },
      live: false,
    });
  });

  it("refuses contradictions about running stacks", () => {
    const problemsOf = (...words: readonly string[]) => {
      const parsed = parseCommandLine(words);
      return parsed.kind === "wrong" ? parsed.problems : [];
    };
    expect(problemsOf("--local")).to.deep.equal([
      "--local needs --state or --live: a preview always uses the emulator",
    ]);
    expect(problemsOf("--live", "--exported", "a")).to.deep.equal([
      "--live and --exported: a file has no account to read; use --live alone",
    ]);
    expect(problemsOf("--state", "--local", "--exported", "a")).to.deep.equal([
      "--local and --exported: use one of them",
    ]);
  });

  it("reports all problems at once", () => {
    const parsed = parseCommandLine(["prod", "--sarf", "x", "--json", "--port", "80"]);
    expect(parsed).to.deep.include({ kind: "wrong", json: true });
    const problems = parsed.kind === "wrong" ? parsed.problems : [];
    expect(problems.join("\n")).to.match(/--sarf; did you mean --sarif\?/);
    expect(problems.join("\n")).to.contain("--port 80 is not a port");
    expect(problems.join("\n")).to.contain("unexpected: prod; name a stack with --stack prod");
    expect(problems.join("\n")).to.contain("unexpected: x");
    expect(problems).to.have.length(4);
  });

  it("prints every option for --help, also with wrong options", () => {
    expect(parseCommandLine(["--wrong", "-h"])).to.deep.equal({ kind: "help" });
    for (const option of Object.keys(options)) expect(usage()).to.contain(`--${option} `);
  });
});
