import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository, repositoryFiles } from "../support/repositoryFiles";
import { npmCommandsOf, shellLinesOf } from "./commands";
import { anchorsOf, inlineCodeOf, linksOf, proseOf } from "./markdown";

const documents = repositoryFiles().filter((file) => file.endsWith(".md"));
const koreanPages = documents.filter((file) => file.startsWith("docs/ko/") || file === "README.ko.md");

/** Pages of users that stay in English: written by a program, about packs in code, or a list for maintainers. */
const englishOnly = ["policies.md", "policy-packs.md", "real-aws.md", "servers.md", "settings.md"];

function textOf(file: string): string {
  return readFileSync(path.join(repository, file), "utf8");
}

function englishOf(korean: string): string {
  if (korean === "README.ko.md") return "README.md";
  if (korean === "docs/ko/SECURITY.md") return "SECURITY.md";
  return korean.replace(/^docs\/ko\//, "docs/");
}

const koreanOf = new Map(koreanPages.map((korean) => [englishOf(korean), korean]));

function headingLevels(text: string): readonly number[] {
  return [...proseOf(text).matchAll(/^(#{1,6}) /gm)].map(([, marks = ""]) => marks.length);
}

/** The rows of the tables, headers and rules included, without their text. */
function tableShape(text: string): readonly number[] {
  return [...proseOf(text).matchAll(/^\|.*\|$/gm)].map(
    ([row]) => row.replaceAll("\\|", "").split("|").length,
  );
}

/** Inline code that a reader types, or that names a setting. Everything else may be worded otherwise. */
function exactCode(text: string): readonly string[] {
  const exact =
    /^(npm|aws|pulumi|sudo|ssh|yes|docker|podman|export|wordpress-server) |^(network|database|fleet|launcher|monitoring|lifetime)\./;
  return [...new Set(inlineCodeOf(text).filter((code) => exact.test(code)))].sort();
}

/** Where a link leads, the same for both languages: the English page, and the number of the heading in it. */
function destination(document: string, link: string): string {
  if (/^[a-z]+:/.test(link)) return link;
  const [target = "", anchor] = link.split("#");
  const file = target === "" ? document : path.posix.join(path.posix.dirname(document), target);
  const page = koreanPages.includes(file) ? englishOf(file) : file;
  return anchor === undefined
    ? page
    : `${page}#${String(anchorsOf(textOf(file)).indexOf(decodeURI(anchor)))}`;
}

/** Links to the page in the other language are no part of its text. */
function destinations(document: string): readonly string[] {
  const self = koreanPages.includes(document) ? englishOf(document) : document;
  const found = linksOf(textOf(document)).map((link) => destination(document, link));
  return [...new Set(found)].filter((each) => each !== self).sort();
}

describe("the documents in Korean", () => {
  it("are there for every page of users", () => {
    const pages = documents.filter(
      (file) => /^docs\/[^/]+\.md$/.test(file) && !englishOnly.includes(path.basename(file)),
    );
    const missing = ["README.md", "SECURITY.md", ...pages].filter((page) => !koreanOf.has(page));
    expect(missing).to.deep.equal([]);
  });

  it("have an English page each", () => {
    expect(koreanPages.map(englishOf).filter((page) => !documents.includes(page))).to.deep.equal([]);
  });

  for (const korean of koreanPages) {
    const english = englishOf(korean);
    describe(korean, () => {
      it("is written in Korean", () => {
        const letters = proseOf(textOf(korean)).replaceAll(/`[^`]*`|\([^)]*\)|[^\p{L}]/gu, "");
        expect(letters.replaceAll(/[^\p{Script=Hangul}]/gu, "").length / letters.length).to.be.above(0.4);
      });

      it("has the sections and tables of the English page", () => {
        expect(headingLevels(textOf(korean))).to.deep.equal(headingLevels(textOf(english)));
        expect(tableShape(textOf(korean))).to.deep.equal(tableShape(textOf(english)));
      });

      it("has the commands of the English page", () => {
        expect(shellLinesOf(textOf(korean))).to.deep.equal(shellLinesOf(textOf(english)));
        const commands = (page: string) =>
          [
            ...new Set(npmCommandsOf(textOf(page)).map(({ script, words }) => [script, ...words].join(" "))),
          ].sort();
        expect(commands(korean)).to.deep.equal(commands(english));
        expect(exactCode(textOf(korean))).to.deep.equal(exactCode(textOf(english)));
      });

      it("leads where the English page leads, in Korean where there is a page", () => {
        expect(destinations(korean)).to.deep.equal(destinations(english));
        const toEnglish = linksOf(textOf(korean))
          .filter((link) => !/^[a-z]+:/.test(link))
          .map((link) => path.posix.join(path.posix.dirname(korean), link.split("#")[0] ?? ""))
          .filter((file) => file !== english && koreanOf.has(file));
        expect(toEnglish).to.deep.equal([]);
      });

      it("and the English page lead to each other", () => {
        const to = (from: string, target: string) =>
          linksOf(textOf(from))
            .map((link) => path.posix.join(path.posix.dirname(from), link))
            .includes(target);
        expect([to(korean, english), to(english, korean)]).to.deep.equal([true, true]);
      });
    });
  }
});
