import { expect } from "chai";
import { request } from "node:http";

import type { Progress } from "../../../students/progress/progress";
import { makeClassWatch } from "../../../students/watch/classWatch";
import { startClassPage, type ClassPage } from "../../../students/watch/server";
import { labelsFor, tileOf } from "../../../students/watch/tile";

const nothing = { en: "", ko: "" };
const kim: Progress = {
  id: "20231234",
  name: "김지훈 <b>",
  region: "us-east-1",
  askedAt: "2026-12-01T04:00:00.000Z",
  state: "up",
  detail: nothing,
  accountId: null,
  points: { points: 5, possible: 10, notChecked: 0 },
  cost: null,
  credentialsExpireAt: null,
  siteUrl: null,
  problem: null,
  failure: "Policy refuses the stack.",
};
const pageUrl = "http://127.0.0.1:1/20231234/";

describe("the page of a class", () => {
  let page: ClassPage;
  const watch = makeClassWatch({
    students: [{ id: kim.id }],
    ask: () => Promise.resolve(kim),
    intervalMilliseconds: 60_000,
    size: 1,
  });

  before(async () => {
    page = await startClassPage({
      watch,
      labels: labelsFor('week "14" <script>', true, "ko"),
      students: [kim],
      tileOf: (progress) => tileOf(progress, "ko", pageUrl),
      waitingTile: () => tileOf({ ...kim, state: "unknown", failure: null, points: null }, "ko", pageUrl),
      port: 0,
    });
  });

  after(async () => {
    await page.close();
    await watch.stop();
  });

  it("has only files of its own, and a policy that allows nothing else", async () => {
    const response = await fetch(page.url);
    const html = await response.text();
    expect(html).to.include('<html lang="ko">').and.include("week &#34;14&#34; &#60;script&#62; 수업");
    expect(html).to.not.match(/<script>|<style| style=| on\w+=/);
    expect(response.headers.get("content-security-policy"))
      .to.include("default-src 'none'")
      .and.include("trusted-types");
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file = ""]) => file);
    expect(files).to.have.length(4);
    const imports: string[] = [];
    for (const file of files) {
      const loaded = await fetch(new URL(file, page.url));
      expect(loaded.status, file).to.equal(200);
      const text = await loaded.text();
      imports.push(
        ...[...text.matchAll(/from "([^"]+)"/g)].map(([, name = ""]) => new URL(name, loaded.url).href),
      );
    }
    for (const url of imports) expect((await fetch(url)).status, url).to.equal(200);
  });

  it("answers only requests for a loopback name, and only reads", async () => {
    const statusWith = (host: string) =>
      new Promise<number>((resolve, reject) => {
        request(page.url, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
          .once("error", reject)
          .end();
      });
    expect(await statusWith("attacker.example")).to.equal(403);
    expect((await fetch(page.url, { method: "POST" })).status).to.equal(405);
    for (const path of ["assets/package.json", "assets/../package.json", "assets/students/watch/server.ts"]) {
      expect((await fetch(new URL(path, page.url))).status, path).to.equal(404);
    }
  });

  it("sends the whole class, then each student's change", async () => {
    const response = await fetch(new URL("events", page.url));
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader() ?? expect.fail("no body");
    let text = "";
    while (!text.includes("event: student")) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
    await reader.cancel();
    expect(text).to.match(/^event: state\n/);
    expect(text).to.include('"state":"알 수 없음"').and.include('"tone":"bad"').and.include("10점 중 5점");
    expect(text).to.include("Policy refuses the stack.").and.include(pageUrl);
  });
});
