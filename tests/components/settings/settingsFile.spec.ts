import { expect } from "chai";

import { readSettingsFile } from "../../../components/settings/settingsFile";

const read = (text: string) => readSettingsFile("Pulumi.dev.yaml", Buffer.from(text));
const problemsOf = (text: string) =>
  read(text).problems.map(({ line, value, allowed }) => `${String(line)}: ${String(value)} - ${allowed}`);

describe("the text of a settings file", () => {
  for (const [what, text] of [
    ["a byte order mark", "\uFEFFconfig:\n  a: 1\n"],
    ["Windows' line ends", "config:\r\n  a: 1\r\n"],
    ["an anchor", "config: &all\n  a: 1\n"],
    ["no newline at its end", "config: {a: 1}"],
  ] as const) {
    it(`may have ${what}`, () => {
      const { content, problems } = read(text);
      expect(problems).to.deep.equal([]);
      expect(content).to.deep.equal({ config: { a: 1 } });
    });
  }

  it("may merge a map into another, as Pulumi does", () => {
    const { content, problems, lineOf } = read("config:\n  a: &a {p: 1}\n  b:\n    <<: *a\n    q: 2\n");
    expect(problems).to.deep.equal([]);
    expect(content).to.deep.equal({ config: { a: { p: 1 }, b: { p: 1, q: 2 } } });
    expect(lineOf(["config", "b", "p"]), "where the merged value is").to.equal(2);
  });

  for (const [text, line, remedy] of [
    ["config:\n\ta: 1\n", 2, "tab"],
    ["config:\n  a:\n    b: 1\n\tc: 2\n", 4, "tab"],
    ["config:\n  a:\n    b: 1\n     c: 2\n", 3, "YAML"],
    ["config:\n   a: 1\n  b: 2\n c: 3\n", 3, "one column"],
    ["config:\n  a: b: c\n", 2, "quotes"],
    ["config:\n  a: @b\n", 2, "quotes"],
    ["config:\n  a: *b\n", 2, "quotes"],
    ["config:\n  a: 'it's'\n", 2, "quotes"],
    ["config:\n  a: [1, 2\n", 3, "bracket"],
  ] as const) {
    it(`is refused once, with its line: ${JSON.stringify(text)}`, () => {
      const problems = problemsOf(text);
      expect(problems).to.have.length(1);
      expect(problems[0])
        .to.match(new RegExp(`^${String(line)}: `))
        .and.to.include(remedy);
    });
  }

  it("is refused with both lines of a repeated key, at every depth", () => {
    expect(problemsOf("config:\n  a: 1\n  a: 2\n  c:\n    - d: 1\n      d: 2\n")).to.deep.equal([
      "3: [repeated key] - once: line 2 has the same key; remove one of them",
      "6: [repeated key] - once: line 5 has the same key; remove one of them",
    ]);
  });

  it("is refused when a second document follows, which Pulumi ignores", () => {
    expect(problemsOf("config: {}\n---\nconfig: {a: 1}\n")).to.have.length(1);
  });

  it("shows no value of a line that it refuses: it may be a secret", () => {
    expect(problemsOf("config:\n\ta:password: hunter2\n")[0]).not.to.include("hunter2");
  });

  for (const [name, bytes, line] of [
    ["Windows-1252", Buffer.from("config:\n  a: caf\u00e9\n", "latin1"), 2],
    ["Windows-1252 at the end of a line", Buffer.from("a: 한\nb: caf\u00e9", "utf8").map((byte) => byte), 0],
    ["UTF-16", Buffer.from("\uFEFFconfig: {}", "utf16le"), 1],
    ["UTF-16 without a mark", Buffer.from("config: {}", "utf16le"), 1],
  ] as const) {
    it(`is refused in ${name}, unless it is UTF-8 after all`, () => {
      const { problems } = readSettingsFile("Pulumi.dev.yaml", bytes);
      expect(problems.map((problem) => problem.line)).to.deep.equal(line === 0 ? [] : [line]);
      for (const { allowed } of problems) expect(allowed).to.include("UTF-8");
    });
  }

  it("names the first byte that is not UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from("a: 한글\nb: "), Buffer.from([0xe9, 0x20])]);
    expect(readSettingsFile("a.yaml", bytes).problems).to.deep.include({
      path: "",
      value: "the byte 0xe9",
      allowed: "UTF-8 text: save the file as UTF-8 in the editor",
      line: 2,
    });
  });

  it("shows a number as it is written, unless it is in quotes", () => {
    const { plainTextOf } = read("config:\n  a: 11.10\n  b: '11.10'\n  c: [1.0]\n");
    expect(plainTextOf(["config", "a"])).to.equal("11.10");
    expect(plainTextOf(["config", "b"])).to.equal(undefined);
    expect(plainTextOf(["config", "c", "0"])).to.equal("1.0");
  });

  it("finds the line of a value, and of the group around a missing one", () => {
    const { lineOf } = read("# note\nconfig:\n  a:\n    b: 1\n    c:\n      - d: 1\n      - e: 2\n");
    expect(lineOf(["config", "a", "b"])).to.equal(4);
    expect(lineOf(["config", "a", "c", "1", "e"])).to.equal(7);
    expect(lineOf(["config", "a", "missing"])).to.equal(3);
    expect(lineOf(["missing"])).to.equal(2);
  });
});
