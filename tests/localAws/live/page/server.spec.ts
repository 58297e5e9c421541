import { expect } from "chai";
import { request } from "node:http";
import { createServer } from "node:net";

import { type PageServer, startPage } from "../../../../localAws/live/page/page";
import { rejectionOf } from "../../../support/rejection";
import { first } from "./recorded";
import { recordedPage, type ScriptedStack, scriptedStack } from "./scripted";

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

describe("the page's server", () => {
  let stack: ScriptedStack;
  let server: PageServer;

  beforeEach(async () => {
    stack = scriptedStack(recordedPage());
    server = await startPage({ stacks: stack.stacks, port: 0 });
  });
  afterEach(() => server.close());

  /** Sends exactly these headers; fetch would not let a test choose Host and Origin. */
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      request(new URL(path, server.url), { method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      })
        .once("error", reject)
        .end(body);
    });
  /** The events until the text has this. */
  const eventsUntil = async (
    wanted: string,
    headers: Record<string, string> = {},
    onFollowed: () => void = () => undefined,
  ) => {
    const response = await fetch(`${server.url}/dev/events`, { headers });
    let isFollowed = false;
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (!isFollowed && text.includes("event: state")) {
        isFollowed = true;
        onFollowed();
      }
      if (text.includes(wanted)) break;
    }
    return text;
  };
  const token = async () => /"token":"([^"]+)"/.exec(await eventsUntil("\n\n"))?.[1] ?? "";
  const action = JSON.stringify({ kind: "load", serverId: first });

  it("shows the only stack at /, and each stack below its name", async () => {
    expect(await send("GET", "/")).to.deep.include({ status: 302 });
    expect((await send("GET", "/")).headers["location"]).to.equal("/dev/");
    expect((await send("GET", "/dev")).headers["location"]).to.equal("/dev/");
    expect((await send("GET", "/dev/")).body).to.contain("<title>dev: the site's servers</title>");
    expect((await send("GET", "/prod/")).status).to.equal(404);
  });

  it("serves the page's own files, and no others of the repository", async () => {
    const script = await send("GET", "/assets/browser/main.ts");
    expect(script.headers["content-type"]).to.equal("text/javascript; charset=utf-8");
    expect(script.body).to.contain("connect(").and.not.to.contain("type Show");
    expect((await send("GET", "/assets/uPlot.js")).body).to.contain("uPlot");
    for (const path of [
      "/assets/server/server.ts",
      "/assets/../package.json",
      "/assets/%2e%2e/package.json",
    ]) {
      expect((await send("GET", path)).status, path).to.equal(404);
    }
  });

  it("answers only under a loopback name, so that a foreign name that resolves to it reads nothing", async () => {
    for (const host of ["attacker.example", `attacker.example:${new URL(server.url).port}`, "127.0.0.1"]) {
      const { status, body } = await send("GET", "/dev/", { host });
      expect(status, host).to.equal(403);
      expect(body).to.equal(`This page is at ${server.url}/.`);
    }
    const { port } = new URL(server.url);
    expect((await send("GET", "/dev/", { host: `localhost:${port}` })).status).to.equal(200);
  });

  it("forbids everything from other places, inline code, frames and HTML from text", async () => {
    const { headers } = await send("GET", "/dev/");
    const policy = String(headers["content-security-policy"]);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy.split("; ")).to.include(part);
    }
    expect(policy).not.to.match(/unsafe|http|\*/);
    expect(headers).to.include({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
  });

  it("does an action of the page itself, and refuses those of other origins and without the token", async () => {
    const own = {
      origin: server.url,
      "content-type": "application/json",
      "x-page-token": await token(),
    };
    const post = (headers: Record<string, string>, body = action) =>
      send("POST", "/dev/actions", headers, body);
    const without = (name: keyof typeof own) =>
      Object.fromEntries(Object.entries(own).filter(([each]) => each !== name));
    for (const [what, headers] of Object.entries({
      "no origin": without("origin"),
      "no token": without("x-page-token"),
      "a form": { ...own, "content-type": "text/plain" },
      "another origin": { ...own, origin: "http://attacker.example" },
      "another port": { ...own, origin: "http://127.0.0.1:1" },
      "another site": { ...own, "sec-fetch-site": "cross-site" },
      "another token": { ...own, "x-page-token": "a".repeat(own["x-page-token"].length) },
    })) {
      expect((await post(headers)).status, what).to.equal(403);
    }
    expect(stack.actions).to.deep.equal([]);
    expect(await post(own)).to.deep.include({ status: 200, body: '{"message":"Done: load."}' });
    expect(stack.actions).to.deep.equal([{ kind: "load", serverId: first }]);
    for (const body of ["", "{", '{"kind":"destroy"}', '{"kind":"load","serverId":"../databases/x"}']) {
      expect((await post(own, body)).status, body).to.equal(400);
    }
    stack.refuseWith("No.");
    expect(await post(own)).to.deep.include({ status: 409, body: '{"message":"No."}' });
  });

  it("sends the whole page, then what changes, and to a browser that comes back what it missed", async () => {
    const whole = await eventsUntil("event: state");
    expect(whole).to.match(/^event: hello\ndata: \{"boot":/);
    const id = /^id: (.*)$/m.exec(await eventsUntil('"mail"'))?.[1] ?? "";
    const { group } = stack.state();
    const live = await eventsUntil('"desired":9', {}, () => {
      stack.set({ group: group && { ...group, desired: 9 } });
    });
    expect(live).to.match(/event: change\nid: [^\n]+\ndata: \{"now":\d+,"change":\{"group":/);
    const missed = await eventsUntil('"desired":9', { "last-event-id": id });
    expect(missed).not.to.contain("event: state");
    const stranger = await eventsUntil("event: state", { "last-event-id": "another-1" });
    expect(stranger).to.contain('"servers"');
  });

  it("names another program on the port that was asked for", async () => {
    const { port } = new URL(server.url);
    const error = await rejectionOf(startPage({ stacks: stack.stacks, port: Number(port) }));
    expect(error).to.contain(
      `Port ${port} of 127.0.0.1, where the page would be, is used by another program.`,
    );
  });

  it("takes the next free port by default", async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => {
      blocker.once("error", () => {
        resolve();
      });
      blocker.listen(4560, "127.0.0.1", () => {
        resolve();
      });
    });
    const other = await startPage({ stacks: stack.stacks });
    expect(Number(new URL(other.url).port)).to.be.greaterThan(4560);
    await other.close();
    blocker.close();
  });
});
