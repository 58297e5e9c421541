import { expect } from "chai";

import { planPulumi, withAbsolutePaths } from "../../local/pulumiWords";

function plan(words: string) {
  return planPulumi(words.split(" "));
}

describe("a command of Pulumi's CLI on a stack here", () => {
  for (const words of [
    "up --yes",
    "update",
    "destroy -f",
    "down",
    "refresh",
    "import --file x.json",
    "--color never up",
  ]) {
    it(`runs the engine and changes the stack: ${words}`, () => {
      expect(plan(words)).to.include({ kind: "engine", changes: true });
    });
  }

  it("runs the engine and changes nothing: preview", () => {
    expect(plan("preview --diff")).to.deep.equal({ kind: "engine", changes: false, takesPacks: true });
    expect(plan("-v 3 pre")).to.include({ kind: "engine" });
  });

  for (const words of [
    "stack",
    "stack output",
    "stack ls",
    "stack export",
    "state protect urn",
    "version",
    "--help",
    "up --help",
  ]) {
    it(`needs the state alone: ${words}`, () => {
      expect(plan(words)).to.deep.equal({ kind: "state", isConfig: false });
    });
  }

  it("reads and changes the user's own settings file: config", () => {
    expect(plan("config set --path wordpress:fleet.capacity.max 4")).to.deep.equal({
      kind: "state",
      isConfig: true,
    });
  });

  for (const [words, reason] of [
    ["stack output --stack dev", /--stack before the word pulumi/],
    ["stack output --stack=dev", /--stack before the word pulumi/],
    ["up -s dev", /--stack before the word pulumi/],
    ["stack select dev", /--stack before the word pulumi/],
    ["--cwd /tmp stack", /--settings before the word pulumi/],
    ["-C /tmp stack", /--settings before the word pulumi/],
    ["login --local", /needs no login/],
    ["stack init blog", /first up/],
    ["config set --secret wordpress:x y", /plain text only/],
    ["up -c wordpress:x=y", /config set/],
    ["preview --config wordpress:x=y", /config set/],
    ["config refresh", /account of the emulator/],
  ] as const) {
    it(`is refused with a reason: ${words}`, () => {
      const planned = plan(words);
      expect(planned).to.include({ kind: "refused" });
      expect(planned).to.have.property("reason").that.matches(reason);
    });
  }

  it("is not refused for words after a --, or for its help", () => {
    expect(plan("config set wordpress:x -- --stack")).to.include({ kind: "state" });
    expect(plan("stack select --help")).to.include({ kind: "state" });
    expect(plan("up --config-path")).to.include({ kind: "engine" });
  });
});

describe("relative paths in a command of Pulumi's CLI", () => {
  const absolute = (...words: readonly string[]) => withAbsolutePaths(words, "/work/my site");

  it("are the user's, after a space or an equals sign, and in a list", () => {
    expect(absolute("stack", "export", "--file", "state.json")).to.deep.equal([
      "stack",
      "export",
      "--file",
      "/work/my site/state.json",
    ]);
    expect(absolute("up", "--policy-pack=policies/a,policies/b", "--save-plan", "../plan")).to.deep.equal([
      "up",
      "--policy-pack=/work/my site/policies/a,/work/my site/policies/b",
      "--save-plan",
      "/work/plan",
    ]);
  });

  it("do not change when they are absolute, of another option, or after a --", () => {
    const words = ["x", "--file=/tmp/a=b", "--message", "file", "--path", "a.b", "--", "--file", "x"];
    expect(absolute(...words)).to.deep.equal(words);
  });
});
