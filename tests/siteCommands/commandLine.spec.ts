import { expect } from "chai";

import { parseCommandLine } from "../../siteCommands/commandLine";

const problems = (...words: string[]) => {
  const parsed = parseCommandLine(words);
  return parsed.kind === "wrong" ? parsed.problems.join("\n") : parsed.kind;
};

describe("the command line of npm run site", () => {
  it("reads a command with its options", () => {
    expect(
      parseCommandLine(["restore", "20261201-1-a", "-s", "prod", "--no-backup", "--yes"]),
    ).to.deep.include({
      kind: "run",
      invocation: {
        command: "restore",
        subject: "20261201-1-a",
        stack: "prod",
        local: false,
        folder: undefined,
        settings: undefined,
        keep: undefined,
        role: undefined,
        backupFirst: false,
        key: undefined,
        plain: false,
        yes: true,
        json: false,
      },
    });
  });

  it("prints its help", () => {
    expect(problems("--help")).to.equal("help");
  });

  for (const [words, reason] of [
    [[], "which command?"],
    [["bakcup", "--stack", "prod"], "did you mean backup?"],
    [["list"], "which stack?"],
    [["list", "x", "--stack", "prod"], "unexpected: x"],
    [["delete", "--stack", "prod"], "delete needs a backup"],
    [["backup", "--stack", "prod", "--keep", "0"], "a whole number from 1"],
    [["backup", "--stack", "prod", "--role", "LabRole"], "not the ARN of a role"],
    [["list", "--stack", "prod", "--keep", "3"], "only to backup"],
    [["list", "--stack", "prod", "--folder", "x"], "--folder needs --local"],
    [["restore", "--stack", "prod", "--json"], "--json does not apply to restore"],
    [["password", "--stack", "prod", "--json"], "--json does not apply to password"],
    [["password", "admin", "--stack", "prod"], "unexpected: admin"],
    [["shell", "--stack", "prod", "--plain"], "only to password"],
    [["test-alarm", "--stack", "prod", "--key", "x"], "only to shell"],
  ] as const) {
    it(`refuses ${words.join(" ") || "no words"}`, () => {
      expect(problems(...words)).to.contain(reason);
    });
  }

  it("reports all problems at once", () => {
    expect(problems("list", "--keep", "x", "--nope").split("\n")).to.have.length.greaterThan(3);
  });
});
