import { expect } from "chai";

import { commands, parseCommandLine, usage } from "../../local/commandLine";

function problemsOf(...words: readonly string[]): readonly string[] {
  const parsed = parseCommandLine(words);
  return parsed.kind === "wrong" ? parsed.problems : [];
}

describe("the command line of npm run local", () => {
  it("runs up on the stack local when it has no words", () => {
    expect(parseCommandLine([])).to.deep.equal({
      kind: "run",
      invocation: {
        command: "up",
        words: [],
        server: undefined,
        mode: undefined,
        stopLoad: false,
        text: false,
        stack: "local",
        json: false,
        port: undefined,
        yes: false,
        folder: undefined,
        settings: undefined,
      },
    });
  });

  it("takes options before and after the command, with a space or an equals sign", () => {
    expect(
      parseCommandLine([
        "--stack",
        "prod",
        "down",
        "--port=4600",
        "--json",
        "--yes",
        "--folder=x",
        "--settings=y",
      ]),
    ).to.deep.equal({
      kind: "run",
      invocation: {
        command: "down",
        words: [],
        server: undefined,
        mode: undefined,
        stopLoad: false,
        text: false,
        stack: "prod",
        json: true,
        port: 4600,
        yes: true,
        folder: "x",
        settings: "y",
      },
    });
  });

  it("suggests the nearest command and option for a misspelt one", () => {
    expect(problemsOf("prevew")).to.deep.equal(["unknown command prevew; did you mean preview?"]);
    expect(problemsOf("--stak", "dev")).to.include("unknown option --stak; did you mean --stack?");
  });

  it("suggests nothing for a word that is similar to none", () => {
    expect(problemsOf("elephant")).to.deep.equal(["unknown command elephant"]);
  });

  it("reports all problems at once", () => {
    expect(problemsOf("up", "--port", "80", "--stack", "a/b", "now")).to.deep.equal([
      "--port 80 is not a port: a whole number from 1024 to 65535, or 0 for any free one",
      '--stack a/b is not a stack name: letters, digits, "-", "_" and "." only',
      "one command at a time; unexpected: now",
    ]);
  });

  for (const port of ["1023", "65536", "-1", "4.5", "http"]) {
    it(`refuses port ${port}`, () => {
      expect(problemsOf(`--port=${port}`)).to.have.length(1);
    });
  }

  for (const port of [0, 1024, 65535]) {
    it(`takes port ${port}`, () => {
      expect(parseCommandLine([`--port=${port}`])).to.have.nested.property("invocation.port", port);
    });
  }

  it("refuses an option without its value", () => {
    expect(problemsOf("--stack")).to.deep.equal(["--stack needs a value"]);
    expect(problemsOf("--json=yes")).to.deep.equal(["--json takes no value: yes"]);
  });

  it("prints JSON also when the words are wrong", () => {
    expect(parseCommandLine(["--json", "ups"])).to.include({ kind: "wrong", json: true });
  });

  it("shows every command in its help", () => {
    expect(parseCommandLine(["nonsense", "--help"])).to.deep.equal({ kind: "help" });
    for (const command of Object.keys(commands)) expect(usage()).to.include(`\n  ${command} `);
  });

  for (const command of ["aws", "pulumi"] as const) {
    it(`passes all words after ${command} on unchanged, including its own options`, () => {
      const words = ["x", "--stack", "other", "--json", "--no-such", "-h", "--", "--port=1", ""];
      expect(parseCommandLine(["--stack", "dev", "--port=4600", command, ...words])).to.deep.equal({
        kind: "run",
        invocation: {
          command,
          words,
          server: undefined,
          mode: undefined,
          stopLoad: false,
          text: false,
          stack: "dev",
          json: false,
          port: 4600,
          yes: false,
          folder: undefined,
          settings: undefined,
        },
      });
    });
  }

  it("does not take an option's value for a command", () => {
    expect(parseCommandLine(["--folder", "aws", "status"])).to.have.nested.include({
      "invocation.command": "status",
      "invocation.folder": "aws",
    });
    expect(parseCommandLine(["--stack=pulumi", "aws"])).to.have.nested.include({
      "invocation.command": "aws",
    });
  });

  it("takes the server of a command about a server", () => {
    const parsed = parseCommandLine(["load", "2", "--stop"]);
    expect(parsed).to.have.nested.include({
      "invocation.command": "load",
      "invocation.server": "2",
      "invocation.stopLoad": true,
    });
    expect(parseCommandLine(["shell"])).to.have.nested.property("invocation.server", undefined);
  });

  it("refuses to cut the power of a server that is not named", () => {
    expect(problemsOf("kill")).to.deep.equal([
      "kill needs a server: an instance id, or its number in status",
    ]);
  });

  it("refuses a second server, and a server of a command that takes none", () => {
    expect(problemsOf("load", "1", "2")).to.deep.equal(["one command at a time; unexpected: 2"]);
    expect(problemsOf("open", "1")).to.deep.equal(["one command at a time; unexpected: 1"]);
  });

  it("refuses options of one command with another, and live together with recorded", () => {
    expect(problemsOf("down", "--live")).to.deep.equal(["--live does not apply to down, only to up"]);
    expect(problemsOf("up", "--text", "--stop")).to.deep.equal([
      "--stop does not apply to up, only to load",
      "--text does not apply to up, only to watch",
    ]);
    expect(problemsOf("--live", "--recorded")).to.deep.equal(["--live and --recorded exclude each other"]);
  });

  it("refuses its own options where they have no effect, before aws and pulumi", () => {
    expect(problemsOf("--json", "--yes", "--stak=x", "aws", "--version")).to.deep.equal([
      "unknown option --stak; did you mean --stack?",
      "--json does not apply to aws, which has options of its own",
      "--yes does not apply to aws, which has options of its own",
    ]);
  });
});
