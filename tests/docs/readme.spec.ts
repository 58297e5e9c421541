import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

import { stackSettings } from "../../config";
import { parseCommandLine as parsePolicy } from "../../gate/commandLine";
import { parseCommandLine as parseLocal } from "../../local/commandLine";
import { parseCommandLine as parseSite } from "../../siteCommands/commandLine";
import { parseCommandLine as parseStudents } from "../../students/commandLine";
import { parseCommandLine as parseCourse } from "../../students/course/commandLine";
import { parseCommandLine as parseGrade } from "../../students/grade/commandLine";
import { listRuns } from "../../tools/scheduleRuns";
import { parseCommandLine as parseWatch } from "../../watch/commandLine";
import { repository, repositoryFiles } from "../support/repositoryFiles";
import { npmCommandsOf, shellLinesOf } from "./commands";
import { inlineCodeOf, proseOf } from "./markdown";

const documents = repositoryFiles().filter(
  (file) => file.endsWith(".md") && !["CHANGELOG.md", "docs/policies.md"].includes(file),
);
const readme = textOf("README.md");

function textOf(file: string): string {
  return readFileSync(path.join(repository, file), "utf8");
}

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf("package.json")));

type Parser = (words: readonly string[]) => { readonly kind: string; readonly problems?: readonly string[] };

/** Scripts that take words, with what is wrong with some. The others take none but those listed. */
const problemsOf: Readonly<Record<string, (words: readonly string[]) => readonly string[]>> = {
  local: (words) => parsed(parseLocal, words),
  policy: (words) => parsed(parsePolicy, words),
  watch: (words) => (words.length === 0 ? [] : parsed(parseWatch, words)),
  site: (words) => (words.length === 0 ? [] : parsed(parseSite, words)),
  students: (words) => (words.length === 0 ? [] : parsed(parseStudents, words)),
  grade: (words) => parsed(parseGrade, words),
  course: (words) => parsed(parseCourse, words),
  schedule: (words) => {
    const { failed, text } = listRuns(
      words.map((word) => word.replace("(…)", "(0 9 ? * MON-FRI *)")),
      Date.UTC(2026, 0, 1),
    );
    return failed ? [text] : [];
  },
  "policy:flags": (words) => (words.length === 1 ? [] : ["one stack"]),
  bench: (words) => unless(words, /^(commands|class|live|--students|--cold|\d+)$/),
  "docs:screenshots": (words) => unless(words, /^URL$/),
  "test:changes": (words) => unless(words, /^(--only|--full|<group>\.<setting>|NAME|[\w.]+)$/),
  "test:bootstrap": (words) => unless(words, /^(--only|--full|--update-docs|[\w,-]+)$/),
  "test:mutation": (words) => unless(words, /^(?:--survivors|[a-z]+|[\w/.-]+\.ts)$/),
};

function parsed(parse: Parser, words: readonly string[]): readonly string[] {
  const { kind, problems = [] } = parse(words);
  return kind === "wrong" ? problems : [];
}

function unless(words: readonly string[], allowed: RegExp): readonly string[] {
  return words.filter((word) => !allowed.test(word));
}

describe("README.md", () => {
  it("has at most 250 lines of at most 100 columns", () => {
    const lines = readme.split("\n");
    expect(lines.length).to.be.at.most(250);
    expect(lines.filter((line) => line.length > 100 && !/^\S*https?:\S*$/.test(line.trim()))).to.deep.equal(
      [],
    );
  });

  it("uses no program that it does not name as a prerequisite before", () => {
    const builtIn = ["export", "cd"];
    const prerequisites: Readonly<Record<string, string>> = {
      npm: "[Node.js](https://nodejs.org)",
      pulumi: "[Pulumi CLI](https://www.pulumi.com/docs/install/)",
      aws: "[AWS CLI](https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)",
    };
    const flat = readme.replaceAll(/\s+/g, " ");
    for (const line of shellLinesOf(readme)) {
      const programs = [...line.matchAll(/(?:^|\$\(|\| |&& )(\w[\w-]*)/g)].map(([, program = ""]) => program);
      for (const program of programs.filter((each) => !builtIn.includes(each))) {
        const named = flat.indexOf(prerequisites[program] ?? `no link for ${program}`);
        expect(named, `${program}, in: ${line}`).to.be.within(0, flat.indexOf(line.slice(0, 20)));
      }
    }
  });
});

describe("the commands of the documents", () => {
  const commands = documents.flatMap((document) =>
    npmCommandsOf(textOf(document)).map((command) => ({ document, ...command })),
  );

  it("are npm scripts that exist", () => {
    expect(commands.length).to.be.above(50);
    const missing = commands.filter(({ script }) => scripts[script] === undefined);
    expect(missing.map(({ document, text }) => `${document}: ${text}`)).to.deep.equal([]);
  });

  it("have words and options that the script takes", () => {
    const wrong = commands.flatMap(({ document, script, words, text }) => {
      // "…" alone means any words.
      const problems = words.join() === "…" ? [] : (problemsOf[script] ?? ((given) => given))(words);
      return problems.map((problem) => `${document}: ${text}: ${problem}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("set only settings that exist", () => {
    const groups: Readonly<Record<string, unknown>> = stackSettings.shape;
    const named = documents.flatMap((document) =>
      [...textOf(document).matchAll(/\bwordpress:(\w+)\.(\w+)/g)].map(([text, group = "", key = ""]) => ({
        text: `${document}: ${text}`,
        known: Object.hasOwn(keysOf(groups[group]), key),
      })),
    );
    expect(named).not.to.be.empty;
    expect(named.filter(({ known }) => !known).map(({ text }) => text)).to.deep.equal([]);
  });

  it("read only outputs that the program exports", () => {
    const exported = [...textOf("index.ts").matchAll(/^ {4}(\w+)(?::|,$)/gm)].map(([, name = ""]) => name);
    const read = documents.flatMap((document) =>
      [...textOf(document).matchAll(/stack output (?!`|-)(\w+)/g)].map(([, name = ""]) => ({
        document,
        name,
      })),
    );
    expect(read).not.to.be.empty;
    expect(read.filter(({ name }) => !exported.includes(name))).to.deep.equal([]);
  });
});

describe("the settings that the documents name", () => {
  it("exist", () => {
    const groups = Object.keys(stackSettings.shape);
    const shape: Readonly<Record<string, unknown>> = stackSettings.shape;
    const named = documents.flatMap((document) =>
      inlineCodeOf(proseOf(textOf(document)))
        .map((code) => /^(network|database|fleet|launcher)\.(\w+)/.exec(code))
        .filter((found) => found !== null && !/\.(ts|md|cjs)$/.test(found.input))
        .map((found) => ({ document, group: found?.[1] ?? "", key: found?.[2] ?? "" })),
    );
    expect(groups).to.include("fleet");
    expect(named).not.to.be.empty;
    const unknown = named.filter(({ group, key }) => !Object.hasOwn(keysOf(shape[group]), key));
    expect(unknown.map(({ document, group, key }) => `${document}: ${group}.${key}`)).to.deep.equal([]);
  });
});

/** The keys of a group's settings. */
function keysOf(group: unknown): Readonly<Record<string, unknown>> {
  const within: unknown =
    group instanceof z.ZodDefault || group instanceof z.ZodPrefault ? group.unwrap() : group;
  return within instanceof z.ZodObject ? within.shape : {};
}
