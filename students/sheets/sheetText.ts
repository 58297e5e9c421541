import { padToWidth, widthOf } from "../../cli/width";
import type { Language } from "../language/text";
import { sheetSections, type SheetFacts } from "./sheet";

/** A sheet as plain text. */
export function sheetText(facts: SheetFacts, language: Language): string {
  const title = `${facts.className}: ${facts.name} (${facts.id})`;
  const sections = sheetSections(facts).flatMap(
    ({ title: of, facts: named = [], sentences = [], commands = [] }) => {
      const names = Math.max(0, ...named.map(({ name }) => widthOf(name[language])));
      return [
        "",
        of[language],
        ...named.map(({ name, value }) => `  ${padToWidth(name[language], names)}  ${value}`),
        ...sentences.map((sentence) => `  ${sentence[language]}`),
        ...commands.map((command) => `  ${command}`),
      ];
    },
  );
  return [title, "=".repeat(widthOf(title)), ...sections, ""].join("\n");
}
