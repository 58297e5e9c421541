import type { Language } from "../language/text";
import { sheetSections, type SheetFacts, type SheetSection } from "./sheet";

/** One page for each student, to read in a browser and to print. It loads nothing and runs no code. */
export function sheetsHtml(sheets: readonly SheetFacts[], language: Language): string {
  const [first] = sheets;
  const title =
    sheets.length === 1 && first !== undefined ? `${first.name} (${first.id})` : (first?.className ?? "");
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${sheets.map((sheet) => sheetHtml(sheet, language)).join("\n")}
</main>
</body>
</html>
`;
}

function sheetHtml(facts: SheetFacts, language: Language): string {
  return `<article>
<header><p>${escaped(facts.className)}</p><h1>${escaped(facts.name)} <span>${escaped(facts.id)}</span></h1></header>
${sheetSections(facts)
  .map((section) => sectionHtml(section, language))
  .join("\n")}
</article>`;
}

function sectionHtml(
  { title, facts = [], sentences = [], commands = [] }: SheetSection,
  language: Language,
): string {
  const rows = facts.map(
    ({ name, value }) => `<div><dt>${escaped(name[language])}</dt><dd>${escaped(value)}</dd></div>`,
  );
  return `<section><h2>${escaped(title[language])}</h2>
${rows.length === 0 ? "" : `<dl>${rows.join("")}</dl>`}
${sentences.map((sentence) => `<p>${escaped(sentence[language])}</p>`).join("")}
${commands.length === 0 ? "" : `<pre>${escaped(commands.join("\n"))}</pre>`}
</section>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A page of A4 for each student; long keys break instead of leaving the page. */
const style = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #17202b; font: 15px/1.5 system-ui, "Noto Sans KR", "Malgun Gothic", sans-serif; }
article { max-width: 46rem; margin: 2rem auto; padding: 0 1.25rem; }
header p { margin: 0; color: #55616f; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; }
h1 span { color: #55616f; font-weight: 400; }
h2 { margin: 1.2rem 0 .4rem; font-size: 1rem; }
dl { margin: 0; border-top: 1px solid #c3ccd6; }
dl div { display: grid; grid-template-columns: 11rem 1fr; border-bottom: 1px solid #c3ccd6; padding: .3rem 0; }
dt { color: #55616f; }
dd { margin: 0; font-family: ui-monospace, Consolas, Menlo, monospace; overflow-wrap: anywhere; }
pre { margin: 0; padding: .6rem .8rem; border: 1px solid #c3ccd6; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, Consolas, Menlo, monospace; }
p { margin: .3rem 0; }
@page { size: A4; margin: 16mm; }
@media print { article { margin: 0; padding: 0; max-width: none; break-after: page; } article:last-child { break-after: auto; } section { break-inside: avoid; } }
`;
