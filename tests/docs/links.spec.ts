import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { repository, repositoryFiles } from "../support/repositoryFiles";
import { anchorsOf, linksOf } from "./markdown";

const documents = repositoryFiles().filter((file) => file.endsWith(".md"));

function textOf(file: string): string {
  return readFileSync(path.join(repository, file), "utf8");
}

/** @returns why a link leads nowhere, or nothing */
function brokenLink(document: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [target = "", anchor] = link.split("#");
  const file = target === "" ? document : path.posix.join(path.posix.dirname(document), target);
  if (!existsSync(path.join(repository, file))) return `${document}: ${link}: no such file`;
  if (anchor === undefined) return undefined;
  return anchorsOf(textOf(file)).includes(anchor) ? undefined : `${document}: ${link}: no such heading`;
}

describe("the documents", () => {
  it("link only to files and headings that exist", () => {
    const links = documents.flatMap((document) =>
      linksOf(textOf(document)).map((link) => ({ document, link })),
    );
    expect(links).not.to.be.empty;
    const broken = links.map(({ document, link }) => brokenLink(document, link));
    expect(broken.filter((each) => each !== undefined)).to.deep.equal([]);
  });

  it("have an index in docs/README.md that leads to every page", () => {
    const index = linksOf(textOf("docs/README.md"));
    const pages = documents
      .filter((file) => /^docs\/[^/]+\.md$/.test(file))
      .map((file) => path.basename(file));
    expect(pages.filter((page) => page !== "README.md" && !index.includes(page))).to.deep.equal([]);
  });
});

describe("the decisions", () => {
  const records = documents.filter(
    (file) => file.startsWith("docs/decisions/") && !file.endsWith("README.md"),
  );

  it("are all in the index", () => {
    const index = linksOf(textOf("docs/decisions/README.md"));
    expect(records.map((file) => path.basename(file)).filter((file) => !index.includes(file))).to.deep.equal(
      [],
    );
  });

  for (const record of records) {
    it(`have context, decision, alternatives, consequences and a time to revisit: ${path.basename(record)}`, () => {
      expect(textOf(record).match(/^## .*$/gm)).to.deep.equal([
        "## Context",
        "## Decision",
        "## Alternatives",
        "## Consequences",
        "## When to revisit",
      ]);
    });

    it(`fit on one page: ${path.basename(record)}`, () => {
      expect(textOf(record).split("\n").length).to.be.at.most(60);
    });
  }
});
