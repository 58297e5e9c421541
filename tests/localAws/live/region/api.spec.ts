import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Failure } from "../../../../cli/failure";
import { serveApi } from "../../../../localAws/live/region/api";
import { makeTimeline } from "../../../../localAws/live/region/timeline";

describe("the region's own API", () => {
  let folder: string;
  let server: Server;
  const timeline = makeTimeline(() => 7);

  const ask = (method: string, path: string, body = ""): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const asked = request({ socketPath: join(folder, "s"), method, path }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.once("end", () => {
          resolve({ status: answer.statusCode ?? 0, text });
        });
      });
      asked.once("error", reject);
      asked.end(body);
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "api-"));
    const routes = {
      "POST /machines/:id/run": async ({ id, body }: { id: string; body: () => Promise<string> }) => ({
        json: { id, command: await body() },
      }),
      "GET /machines/:id/console": ({ id }: { id: string }) => ({ text: `console of ${id}` }),
      "POST /refused": () => {
        throw new Failure("It is stopped.", "Start it.");
      },
      "POST /broken": () => {
        throw new Error("defect");
      },
    };
    server = await serveApi(join(folder, "s"), routes, timeline);
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  it("gives the route the id of the path and the whole body", async () => {
    const { status, text } = await ask("POST", "/machines/i-1%2F2/run", "ls 한글");
    expect([status, JSON.parse(text)]).to.deep.equal([200, { id: "i-1/2", command: "ls 한글" }]);
  });

  it("answers text as it is", async () => {
    expect((await ask("GET", "/machines/i-1/console")).text).to.equal("console of i-1");
  });

  it("refuses another method and a longer path", async () => {
    expect((await ask("POST", "/machines/i-1/console")).status).to.equal(404);
    expect((await ask("GET", "/machines/i-1/console/more")).status).to.equal(404);
  });

  it("answers 409 for a failure that the user can fix, and 500 for a defect", async () => {
    expect(await ask("POST", "/refused")).to.deep.equal({
      status: 409,
      text: '{"message":"It is stopped. Start it."}',
    });
    expect((await ask("POST", "/broken")).status).to.equal(500);
  });

  it("refuses a body that is too large", async () => {
    expect((await ask("POST", "/machines/i/run", "x".repeat(1_000_001))).status).to.equal(409);
  });

  it("streams the events after a number, and each later one", async () => {
    timeline.add({ kind: "instance", id: "i-1", text: "old" });
    timeline.add({ kind: "instance", id: "i-1", text: "boots" });
    const text = await new Promise<string>((resolve, reject) => {
      const asked = request({ socketPath: join(folder, "s"), path: "/events?after=1" }, (answer) => {
        let all = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          if (all === "") timeline.add({ kind: "instance", id: "i-1", text: "is healthy" });
          all += chunk;
          if (all.includes("is healthy")) {
            resolve(all);
            answer.destroy();
          }
        });
      });
      asked.once("error", reject);
      asked.end();
    });
    expect(text).to.equal(
      'id: 2\ndata: {"kind":"instance","id":"i-1","text":"boots","number":2,"at":7}\n\n' +
        'id: 3\ndata: {"kind":"instance","id":"i-1","text":"is healthy","number":3,"at":7}\n\n',
    );
  });
});
