import type { Language } from "../language/text";
import type { Progress } from "../progress/progress";
import { costText, pointsText, stateText } from "../progress/progressText";
import type { Labels, Tile } from "./model";

export function tileOf(progress: Progress, language: Language, pageUrl: string): Tile {
  const { id, name, state, detail, points, cost, credentialsExpireAt, siteUrl, problem, failure } = progress;
  return {
    id,
    name,
    tone: toneOf(progress),
    state: stateText(state, language),
    detail: detail[language],
    points:
      points === null
        ? null
        : { text: pointsText(points, language), got: points.points, possible: points.possible },
    cost: costText(cost, language),
    credentialsExpireAt,
    siteUrl,
    pageUrl,
    problems: [
      ...(failure === null ? [] : [failure]),
      ...(problem === null ? [] : [`${problem.reason[language]}. ${problem.next[language]}`]),
    ],
  };
}

/** Red needs the instructor, yellow may need one. */
function toneOf({ state, problem, failure }: Progress): Tile["tone"] {
  if (problem !== null || failure !== null) return "bad";
  switch (state) {
    case "up":
      return "good";
    case "not up":
    case "paused":
      return "info";
    default:
      return "warning";
  }
}

export function labelsFor(className: string, local: boolean, language: Language): Labels {
  if (language === "ko") {
    return {
      language,
      title: `${className} 수업`,
      place: local ? "이 컴퓨터의 에뮬레이터, 비용 없음" : "AWS 계정, 읽기 전용",
      live: "실시간",
      reconnecting: "다시 연결 중",
      students: "학생",
      points: "점수",
      cost: local ? "AWS에서의 비용" : "비용",
      credentials: "자격 증명 만료",
      ended: "만료됨",
      site: "사이트 열기",
      servers: "서버 보기",
      help: "도움이 필요한 학생만",
      all: "전체",
      waiting: "확인 중",
    };
  }
  return {
    language,
    title: `Class ${className}`,
    place: local ? "emulator on this machine, free" : "AWS accounts, read only",
    live: "live",
    reconnecting: "reconnecting",
    students: "students",
    points: "Points",
    cost: local ? "Cost in AWS" : "Cost",
    credentials: "Credentials until",
    ended: "ended",
    site: "Open the site",
    servers: "Watch the servers",
    help: "Only students who need help",
    all: "All",
    waiting: "being asked",
  };
}
