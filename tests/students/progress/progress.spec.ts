import { expect } from "chai";

import { widthOf } from "../../../cli/width";
import { languages } from "../../../students/language/text";
import { accountState, type Progress } from "../../../students/progress/progress";
import { inLanguage, progressLines, summaryLines } from "../../../students/progress/progressText";

const whole = { balancer: true, group: true, database: true, servers: 2, healthy: 2, paused: false };
const kim: Progress = {
  id: "20231234",
  name: "김지훈",
  region: "us-east-1",
  askedAt: "2026-12-01T04:00:00.000Z",
  state: "up",
  detail: { en: "2 healthy servers", ko: "정상 서버 2대" },
  accountId: "111111111111",
  points: { points: 42, possible: 60, notChecked: 18 },
  cost: { dollars: 1.234, dollarsPerHour: 0.1, unknown: [] },
  credentialsExpireAt: "2026-12-01T05:30:00.000Z",
  siteUrl: "http://site.example",
  problem: null,
  failure: null,
};

describe("the state of a student's account", () => {
  for (const [title, changed, state, detail] of [
    ["a whole site", {}, "up", "2 healthy servers"],
    ["one server", { healthy: 1 }, "up", "1 healthy server"],
    ["nothing", { balancer: false, group: false, database: false, servers: 0, healthy: 0 }, "not up", ""],
    ["a paused group", { paused: true, servers: 0, healthy: 0 }, "paused", ""],
    ["servers of the student's own without a group", { group: false }, "up", "2 healthy servers"],
    [
      "servers that do not answer",
      { healthy: 0 },
      "not serving",
      "no healthy server behind the load balancer, 2 in total",
    ],
    ["a deleted load balancer", { balancer: false, healthy: 0 }, "incomplete", "no load balancer"],
    [
      "only a load balancer",
      { group: false, database: false, servers: 0, healthy: 0 },
      "incomplete",
      "no Auto Scaling group and no server, no database",
    ],
    [
      "a paused group whose database was deleted",
      { paused: true, database: false },
      "incomplete",
      "no database",
    ],
  ] as const) {
    it(`with ${title} is "${state}"`, () => {
      const found = accountState({ ...whole, ...changed });
      expect([found.state, found.detail.en]).to.deep.equal([state, detail]);
      expect(found.detail.ko === "").to.equal(detail === "");
    });
  }
});

describe("a student's progress in lines", () => {
  it("has state, points, cost, the credentials' end and the site", () => {
    expect(progressLines(kim, "en")).to.deep.equal([
      "20231234             김지훈       up, 2 healthy servers, 42 of 60 points, 18 not",
      "                                  checked, $0.1000 an hour, $1.23 so far,",
      "                                  credentials until 2026-12-01 05:30 UTC,",
      "                                  http://site.example",
    ]);
    expect(progressLines(kim, "ko").join(" ").replaceAll(/ +/g, " ")).to.include(
      "실행 중, 정상 서버 2대, 60점 중 42점, 미확인 18점, 시간당 $0.1000",
    );
  });

  it("fits a terminal of 80 columns in every language, but for an address that is wider", () => {
    const siteUrl = "http://a-load-balancer-with-a-long-name-1234567890.us-east-1.elb.amazonaws.com";
    const text = "수업의 모든 리소스를 나열하는 긴 설명은 터미널의 너비를 넘으면 다음 줄로 이어집니다";
    const wide: Progress = {
      ...kim,
      name: "남궁민수아버지의이름",
      siteUrl,
      gradedAt: "2026-12-01T05:00:00.000Z",
      failure: `${text} ${text}`,
      problem: { reason: { en: text, ko: text }, next: { en: text, ko: text } },
      cost: { dollars: 1, dollarsPerHour: 1, unknown: [`${text}: ${text}`] },
    };
    const now = new Date("2026-12-01T05:00:00.000Z");
    for (const language of languages) {
      const summary = summaryLines([wide, { ...wide, cost: null }], { local: false, now }, language);
      for (const line of [...progressLines(wide, language), ...summary]) {
        if (!line.includes(siteUrl)) expect(widthOf(line), line).to.be.at.most(80);
      }
    }
  });

  it("keeps its columns with long and wide names", () => {
    const start = (name: string) => progressLines({ ...kim, name }, "en")[0]?.split(" up,")[0] ?? "";
    expect(widthOf(start("남궁민수아버지의이름"))).to.equal(widthOf(start("Kim")));
  });

  it("has what went wrong, and what to do", () => {
    const lines = progressLines(
      {
        ...kim,
        failure: "Policy refuses the stack: a/b.\n  more",
        problem: { reason: { en: "AWS throttles", ko: "" }, next: { en: "Wait.", ko: "" } },
      },
      "en",
    );
    expect(lines.slice(-2)).to.deep.equal(["  Policy refuses the stack: a/b.", "  AWS throttles. Wait."]);
  });

  it("in --json has the texts in one language", () => {
    expect(inLanguage(kim, "ko")).to.include({ detail: "정상 서버 2대", state: "up" });
    expect(inLanguage({ ...kim, points: null, siteUrl: null }, "en")).to.not.have.any.keys(
      "points",
      "siteUrl",
      "problem",
    );
  });
});

describe("the summary of a class", () => {
  const now = new Date("2026-12-01T05:00:00.000Z");
  const lee: Progress = { ...kim, id: "lee", cost: null, credentialsExpireAt: null };

  it("sums what the accounts have, and says what is not in the sum", () => {
    const park = {
      ...kim,
      id: "park",
      cost: { dollars: 1, dollarsPerHour: 0.2, unknown: ["server t9.huge"] },
    };
    expect(summaryLines([kim, lee, park], { local: false, now }, "en")).to.deep.equal([
      "The class costs at least $0.3000 an hour, $2.23 so far, by what 2 accounts have",
      "now, at list prices and without traffic.",
      "Cost unknown: server t9.huge.",
      "Not asked, so their cost is unknown: lee.",
      "The credentials of 20231234 end first, in 30 minutes.",
    ]);
  });

  it("is free in the emulator", () => {
    expect(summaryLines([kim], { local: true, now }, "en")[0]).to.match(
      /^Free here; in AWS the class would cost \$0\.1/,
    );
  });
});
