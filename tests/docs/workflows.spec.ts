import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

import { repository, repositoryFiles } from "../support/repositoryFiles";

const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
const workflow = z.object({
  permissions: z.strictObject({}),
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(
    z.string(),
    z.object({
      "runs-on": z.literal("ubuntu-24.04"),
      "timeout-minutes": z.number(),
      permissions: z.record(z.string(), z.enum(["read", "write"])),
      steps: z.array(step),
    }),
  ),
});
const updates = z.object({
  updates: z.array(
    z.object({
      "package-ecosystem": z.string(),
      directory: z.string().optional(),
      directories: z.array(z.string()).optional(),
    }),
  ),
});

function textOf(file: string): string {
  return readFileSync(path.join(repository, file), "utf8");
}

/** The file that each of Dependabot's ecosystems looks for in a directory. */
const manifests: Readonly<Record<string, string>> = {
  npm: "package.json",
  pip: "requirements.txt",
  gomod: "go.mod",
  "github-actions": ".github/workflows",
};

const workflows = repositoryFiles(".github/workflows");

describe("the workflows", () => {
  for (const file of workflows) {
    const name = path.basename(file);
    const text = textOf(file);
    const { jobs } = workflow.parse(parse(text));
    const steps = Object.values(jobs).flatMap((job) => job.steps);

    it(`pin every action by a commit, with its version beside it: ${name}`, () => {
      const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, use = ""]) => use);
      expect(uses.length).to.equal(steps.filter((each) => each.uses !== undefined).length);
      expect(uses.filter((use) => !/^[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(use))).to.deep.equal([]);
    });

    it(`run only npm scripts that exist: ${name}`, () => {
      const { scripts } = z
        .object({ scripts: z.record(z.string(), z.string()) })
        .parse(JSON.parse(textOf("package.json")));
      const used = steps.flatMap(({ run = "" }) =>
        [...run.matchAll(/npm (?:run (?:--silent )?)?(\S+)/g)].map(([, script = ""]) => script),
      );
      expect(used).not.to.be.empty;
      expect(used.filter((script) => script !== "ci" && scripts[script] === undefined)).to.deep.equal([]);
    });

    it(`make cache keys of files that exist: ${name}`, () => {
      const hashed = [...text.matchAll(/hashFiles\(([^)]*)\)/g)].flatMap(([, list = ""]) =>
        [...list.matchAll(/'([^']+)'/g)].map(([, pattern = ""]) => pattern.replace("/**", "")),
      );
      const made = ["policy.md", "policy.sarif"];
      const missing = hashed.filter(
        (each) => !made.includes(each) && !existsSync(path.join(repository, each)),
      );
      expect(missing).to.deep.equal([]);
    });
  }

  it("run README's test command on the supported versions of Node", () => {
    const text = textOf(".github/workflows/test.yml");
    expect(text).to.match(/^ +node: \[22, 24\]$/m);
    expect(text)
      .to.match(/^ +- run: npm ci$/m)
      .and.to.match(/^ +- run: npm test$/m);
  });
});

describe("Dependabot", () => {
  it("updates every manifest of the repository", () => {
    const { updates: entries } = updates.parse(parse(textOf(".github/dependabot.yml")));
    const covered = entries.flatMap(({ directory, directories = [], ...entry }) =>
      [...(directory === undefined ? [] : [directory]), ...directories].map((folder) =>
        path.posix.join(folder, manifests[entry["package-ecosystem"]] ?? "unknown").replace(/^\//, ""),
      ),
    );
    expect(covered.filter((file) => !existsSync(path.join(repository, file)))).to.deep.equal([]);
    const own = repositoryFiles().filter((file) =>
      /(^|\/)(package-lock\.json|requirements\.txt|go\.mod)$/.test(file),
    );
    const manifestsOfOwn = own.map((file) => file.replace("package-lock.json", "package.json"));
    expect(manifestsOfOwn.filter((file) => !covered.includes(file))).to.deep.equal([]);
  });
});
