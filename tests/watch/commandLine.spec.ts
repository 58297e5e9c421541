import { expect } from "chai";

import { parseCommandLine, usage } from "../../watch/commandLine";

const problems = (...words: string[]) => {
  const parsed = parseCommandLine(words);
  return parsed.kind === "wrong" ? parsed.problems : [];
};

describe("the command line of npm run watch", () => {
  it("takes a stack in each of Pulumi's forms, a port and --text", () => {
    for (const stack of ["dev", "acme/dev", "acme/wordpress-on-aws/dev"]) {
      expect(parseCommandLine(["--stack", stack, "--port", "0"])).to.deep.equal({
        kind: "run",
        invocation: { stack, port: 0, text: false, json: false },
      });
    }
    expect(parseCommandLine(["-s", "dev", "--text"])).to.deep.equal({
      kind: "run",
      invocation: { stack: "dev", port: undefined, text: true, json: false },
    });
    expect(parseCommandLine(["--help"])).to.deep.equal({ kind: "help" });
  });

  it("needs a stack, and reports every mistake", () => {
    expect(problems()).to.deep.equal(["which stack? For example: npm run watch -- --stack dev"]);
    expect(problems("dev", "--stack", "a b", "--prot", "1")).to.deep.equal([
      '--stack a b is not a stack name: letters, digits, "-", "_" and "." only',
      "unknown option --prot; did you mean --port?",
      "unexpected: dev 1",
    ]);
    expect(problems("--stack", "dev", "--text", "--port", "4560")).to.deep.equal([
      "--text shows lines: it has no --port",
    ]);
  });

  it("describes every option", () => {
    for (const option of ["--stack", "--port", "--text", "--help"]) expect(usage()).to.contain(option);
  });
});
