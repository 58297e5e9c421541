import { counted } from "../../cli/counted";
import { clipToWidth, outputColumns, padToWidth, wrap } from "../../cli/width";
import type { Language, Text } from "../language/text";
import { dollars } from "../ui/costText";
import type { Progress } from "./progress";

/** Twelve Latin or six Korean letters. */
const nameColumns = 12;
const idColumns = 20;
const whoColumns = idColumns + 1 + nameColumns;
const indent = "  ";

const stateNames: Readonly<Record<string, string>> = {
  "not up": "없음",
  up: "실행 중",
  paused: "일시 중지",
  "not serving": "응답하는 서버 없음",
  incomplete: "일부만 있음",
  unknown: "알 수 없음",
  "interrupted, or still running": "중단되었거나 진행 중",
};

export function stateText(state: Progress["state"], language: Language): string {
  if (language === "en") return state;
  return stateNames[state] ?? state.replace(/ failed$/, " 실패");
}

/**
 * A student's progress in lines of a terminal's width: the state with cost and points, then problems, each with its fix. Only a
 * word that is wider, such as an address, makes a line wider.
 */
export function progressLines(progress: Progress, language: Language): readonly string[] {
  const { id, name, state, detail, siteUrl, problem, failure } = progress;
  const parts = [
    stateText(state, language),
    detail[language],
    gradeText(progress, language),
    costText(progress.cost, language),
    expiryText(progress.credentialsExpireAt, language),
    siteUrl ?? "",
  ].filter((part) => part !== "");
  const who = `${id.padEnd(idColumns)} ${padToWidth(clipToWidth(name, nameColumns), nameColumns)}`;
  const [first = "", ...more] = wrap(parts.join(", "), outputColumns - whoColumns - 1);
  return [
    `${who} ${first}`,
    ...more.map((row) => " ".repeat(whoColumns + 1) + row),
    ...indented(failure?.split("\n")[0]),
    ...indented(problem === null ? undefined : `${problem.reason[language]}. ${problem.next[language]}`),
  ];
}

function indented(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return wrap(text, outputColumns - indent.length).map((row) => indent + row);
}

function gradeText({ points, gradedAt }: Progress, language: Language): string {
  const text = pointsText(points, language);
  if (text === "" || gradedAt === undefined) return text;
  const time = `${gradedAt.slice(0, 16).replace("T", " ")} UTC`;
  return language === "ko" ? `${text}(${time} 채점)` : `${text} (graded ${time})`;
}

/** `42 of 60 points, 18 not checked` */
export function pointsText(points: Progress["points"], language: Language): string {
  if (points === null) return "";
  const { points: got, possible, notChecked } = points;
  if (language === "ko")
    return `${possible}점 중 ${got}점${notChecked === 0 ? "" : `, 미확인 ${notChecked}점`}`;
  return `${got} of ${possible} points${notChecked === 0 ? "" : `, ${notChecked} not checked`}`;
}

/** `$0.1220 an hour, $1.20 so far`; `at least` when a price is unknown. */
export function costText(cost: Progress["cost"], language: Language): string {
  if (cost === null) return "";
  const isPart = cost.unknown.length > 0;
  const [hour, sum] = [dollars(cost.dollarsPerHour, 4), dollars(cost.dollars)];
  if (language === "ko") return `${isPart ? "최소 " : ""}시간당 ${hour}, 지금까지 ${sum}`;
  return `${isPart ? "at least " : ""}${hour} an hour, ${sum} so far`;
}

function expiryText(at: string | null, language: Language): string {
  if (at === null) return "";
  const time = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return language === "ko" ? `자격 증명 만료 ${time}` : `credentials until ${time}`;
}

/** The class's cost, the credentials that end first, and who could not be asked. */
export function summaryLines(
  students: readonly Progress[],
  { local, now }: { readonly local: boolean; readonly now: Date },
  language: Language,
): readonly string[] {
  const costs = students.flatMap(({ cost }) => cost ?? []);
  const sums = {
    dollars: costs.reduce((sum, cost) => sum + cost.dollars, 0),
    dollarsPerHour: costs.reduce((sum, cost) => sum + cost.dollarsPerHour, 0),
    unknown: costs.flatMap((cost) => cost.unknown),
  };
  const unasked = students.filter(({ cost }) => cost === null).map(({ id }) => id);
  const lines: Text[] = [
    {
      en: `${local ? "Free here; in AWS the class would cost" : "The class costs"} ${costText(sums, "en")}, by what ${counted(costs.length, "account")} ${costs.length === 1 ? "has" : "have"} now, at list prices and without traffic.`,
      ko: `${local ? "에뮬레이터는 무료, AWS에서의 비용" : "수업 전체 비용"}: ${costText(sums, "ko")} (계정 ${costs.length}개의 현재 리소스, 정가 기준, 트래픽 제외)`,
    },
  ];
  if (sums.unknown.length > 0) {
    const what = [...new Set(sums.unknown)].join("; ");
    lines.push({ en: `Cost unknown: ${what}.`, ko: `비용을 알 수 없음: ${what}` });
  }
  if (unasked.length > 0) {
    lines.push({
      en: `Not asked, so their cost is unknown: ${unasked.join(", ")}.`,
      ko: `확인하지 못해 비용을 알 수 없음: ${unasked.join(", ")}`,
    });
  }
  const first = students
    .flatMap(({ id, credentialsExpireAt }) =>
      credentialsExpireAt === null ? [] : [{ id, at: credentialsExpireAt }],
    )
    .toSorted((a, b) => a.at.localeCompare(b.at))[0];
  if (first !== undefined) {
    const minutes = Math.floor((Date.parse(first.at) - now.getTime()) / 60_000);
    lines.push({
      en: `The credentials of ${first.id} ${minutes < 0 ? "have ended" : `end first, in ${counted(minutes, "minute")}`}.`,
      ko: `${first.id}의 자격 증명이 ${minutes < 0 ? "만료됨" : `가장 먼저 만료됨(${minutes}분 뒤)`}.`,
    });
  }
  return lines.flatMap((line) => wrap(line[language], outputColumns));
}

/** The progress for `--json`, with its texts in one language, and without what is not known. */
export function inLanguage(progress: Progress, language: Language): Readonly<Record<string, unknown>> {
  const { detail, problem, failure, ...facts } = progress;
  return {
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)),
    detail: detail[language],
    ...(failure === null ? {} : { error: failure }),
    ...(problem === null ? {} : { reason: problem.reason[language], remedy: problem.next[language] }),
  };
}
