import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository, repositoryFiles } from "../support/repositoryFiles";
import { inlineCodeOf } from "./markdown";

const files = repositoryFiles();
const folders = new Set(files.flatMap(foldersAbove));
const topLevel = [...folders].filter((folder) => !folder.includes("/") && !folder.startsWith("."));
const readmes = files.filter((file) => path.basename(file) === "README.md");

function foldersAbove(file: string): readonly string[] {
  const above = path.posix.dirname(file);
  return above === "." ? [] : [above, ...foldersAbove(above)];
}

function textOf(file: string): string {
  return readFileSync(path.join(repository, file), "utf8");
}

/** Names of source files and folders that a README gives as inline code, e.g. `commands/` or `main.ts`. */
function namesIn(text: string): readonly string[] {
  return inlineCodeOf(text).filter((code) =>
    /^([a-z][\w.*-]*(\/[\w.*-]+)*\/|\w[\w.*-]*(\/[\w.*-]+)*\.(ts|cts|cjs|mjs|js|py|md))$/.test(code),
  );
}

/** A name is the end of a path; `*` matches any part of one name. */
function exists(name: string): boolean {
  const pattern = name.replace(/\/$/, "").replaceAll(".", "\\.").replaceAll("*", "[^/]*");
  const end = new RegExp(`(^|/)${pattern}$`);
  return [...files, ...folders].some((each) => end.test(each));
}

describe("the folders' READMEs", () => {
  it("exist in every top-level folder", () => {
    expect(topLevel.filter((folder) => !readmes.includes(`${folder}/README.md`))).to.deep.equal([]);
  });

  for (const folder of topLevel.filter((each) => readmes.includes(`${each}/README.md`))) {
    it(`state what may be imported: ${folder}`, () => {
      expect(textOf(`${folder}/README.md`)).to.match(/\bimports?\b/i);
    });
  }

  it("name only files and folders that exist", () => {
    const documents = [...readmes, "CONTRIBUTING.md"];
    const names = documents.flatMap((document) =>
      namesIn(textOf(document)).map((name) => ({ document, name })),
    );
    expect(names).not.to.be.empty;
    const missing = names.filter(({ name }) => !exists(name));
    expect(missing.map(({ document, name }) => `${document}: ${name}`)).to.deep.equal([]);
  });
});
