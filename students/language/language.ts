import type { Option } from "../../cli/options";
import { languages, type Language } from "./text";

/** `--lang`, for every command that students read. */
export const languageOption = { type: "string", problemOf: languageProblem } as const satisfies Option;

/** The line of `--help` about `--lang`. */
export const languageHelp = `  --lang LANG     ${languages.join(" or ")}; default: the language of LC_ALL, LC_MESSAGES or LANG`;

/** @param given the value of `--lang`; undefined: the language of the environment */
export function languageFor(given: string | undefined, environment: NodeJS.ProcessEnv): Language {
  return languages.find((language) => language === given) ?? languageOf(environment);
}

/**
 * The language of the user's messages, as POSIX defines it: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is
 * neither unset nor empty. English for every language that this program does not have.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== "") ?? "";
  const [language = ""] = locale.toLowerCase().split(/[_.@-]/);
  return languages.find((known) => known === language) ?? "en";
}

function languageProblem(value: string): string | undefined {
  if (languages.some((language) => language === value)) return undefined;
  return `--lang ${value} is not a language of this program: ${languages.join(" or ")}`;
}
