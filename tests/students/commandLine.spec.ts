import { expect } from "chai";

import { commands, parseCommandLine, usage } from "../../students/commandLine";

function problemsIn(...words: readonly string[]): readonly string[] {
  const parsed = parseCommandLine(words);
  return parsed.kind === "wrong" ? parsed.problems : expect.fail("expected the command line to be refused");
}

describe("npm run students", () => {
  it("takes a command, a roster and options", () => {
    expect(
      parseCommandLine([
        "up",
        "class.csv",
        "--only",
        "kim,lee",
        "--only",
        "park",
        "--parallel",
        "3",
        "--local",
      ]),
    ).to.deep.equal({
      kind: "run",
      invocation: {
        command: "up",
        roster: "class.csv",
        only: ["kim", "lee", "park"],
        shard: undefined,
        parallel: 3,
        local: true,
        port: undefined,
        json: false,
        subject: "preview",
        act: false,
        csv: undefined,
        lang: undefined,
        address: undefined,
        offline: false,
        text: false,
        pagePort: undefined,
        yes: false,
        folder: undefined,
      },
    });
  });

  it("lists all problems at once, with the nearest word", () => {
    expect(
      problemsIn("upp", "--parallel", "0", "--lokal", "--yes=1", "--only=", "--port", "80"),
    ).to.deep.equal([
      "--parallel 0 is not a number of students: a whole number from 1 to 999",
      "unknown option --lokal; did you mean --local?",
      "--yes takes no value: 1",
      "--only needs a value",
      "--port 80 is not a port: a whole number from 1024 to 65535, or 0 for any free one",
      "unknown command upp; did you mean up?",
      "a roster is missing: a CSV or YAML file with id and name of each student",
    ]);
  });

  it("takes what to grade, where the points go, and a language", () => {
    const parsed = parseCommandLine(["grade", "class.csv", "--act", "--csv", "grades.csv", "--lang", "ko"]);
    expect(parsed).to.have.property("invocation").that.includes({ act: true, csv: "grades.csv", lang: "ko" });
    expect(problemsIn("up", "class.csv", "--act", "--csv", "grades.csv")).to.deep.equal([
      "--act belongs to the command grade",
      "--csv belongs to the command grade",
    ]);
    expect(problemsIn("grade", "class.csv", "--lang", "jp")).to.deep.equal([
      "--lang jp is not a language of this program: en or ko",
    ]);
  });

  it("takes one part of the roster", () => {
    const parsed = parseCommandLine(["up", "class.csv", "--shard", "2/5"]);
    expect(parsed).to.have.nested.property("invocation.shard").that.deep.equals({ index: 2, of: 5 });
    for (const wrong of ["0/5", "6/5", "2", "2/100", "02/5", "2/5/5"]) {
      expect(problemsIn("up", "class.csv", "--shard", wrong).join()).to.include(
        `--shard ${wrong} is not a part`,
      );
    }
  });

  it("requires a command", () => {
    expect(problemsIn()).to.deep.equal([`a command is missing: ${Object.keys(commands).join(", ")}`]);
  });

  it("judges a preview, the states or the accounts, with one command only", () => {
    const subjectOf = (...words: readonly string[]) => {
      const parsed = parseCommandLine(["policy", "class.csv", ...words]);
      return parsed.kind === "run" ? parsed.invocation.subject : parsed;
    };
    expect(subjectOf()).to.equal("preview");
    expect(subjectOf("--state")).to.equal("state");
    expect(subjectOf("--live")).to.equal("account");
    expect(problemsIn("policy", "class.csv", "--state", "--live")).to.deep.equal([
      "--state and --live: use one of them",
    ]);
    expect(problemsIn("up", "class.csv", "--live")).to.deep.equal(["--live belongs to the command policy"]);
  });

  it("takes one roster", () => {
    expect(problemsIn("plan", "a.csv", "b.csv")).to.deep.equal(["one roster at a time; unexpected: b.csv"]);
  });

  it("prints its usage", () => {
    expect(parseCommandLine(["up", "--help"])).to.deep.equal({ kind: "help" });
    expect(usage()).to.include("--only ID,ID");
  });

  it("refuses an option of another command, an address that is none, and a class of AWS to serve", () => {
    expect(problemsIn("up", "class.csv", "--address", "0.0.0.0", "--csv", "x")).to.deep.equal([
      "--csv belongs to the command grade",
      "--address belongs to the commands serve and sheets",
    ]);
    expect(problemsIn("serve", "class.csv", "--address", "classroom")).to.deep.equal([
      "--address classroom is no IP address of this machine: 192.168.0.10, 192.168.0.10:4580, or 0.0.0.0 for all; ports from 1024",
      "serve is for the emulator: add --local",
    ]);
  });
});
