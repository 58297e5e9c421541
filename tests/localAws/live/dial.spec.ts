import { expect } from "chai";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import path from "node:path";

import { Failure } from "../../../cli/failure";
import { dialThrough } from "../../../localAws/live/dial";

describe("a dialled connection", () => {
  let region: ChildProcess;
  let echo: Server;
  let port: number;

  beforeEach(async () => {
    region = fork(path.join(__dirname, "dialProgram.ts"), {
      execArgv: ["--require", path.resolve(__dirname, "../../../nodeHooks/register.cjs")],
    });
    echo = createServer((client) => client.pipe(client)).listen(0, "127.0.0.1");
    await once(echo, "listening");
    const address = echo.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterEach(() => {
    region.kill();
    echo.close();
  });

  async function failureOf(dialling: Promise<unknown>): Promise<string> {
    const [outcome] = await Promise.allSettled([dialling]);
    if (outcome.status === "fulfilled") throw new Error("There is a connection.");
    expect(outcome.reason).to.be.instanceOf(Failure);
    return String(outcome.reason);
  }

  it("carries bytes both ways without the process that opened it", async () => {
    const { dial } = dialThrough(region);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => dial("127.0.0.1", port)));
    region.kill("SIGSTOP");
    for (const [index, socket] of sockets.entries()) {
      socket.write(`message ${index}`);
      const answer: unknown = await once(socket, "data");
      expect(String(answer)).to.equal(`message ${index}`);
      socket.destroy();
    }
    region.kill("SIGCONT");
  });

  it("fails with the reason when nothing answers", async () => {
    const { dial } = dialThrough(region);
    expect(await failureOf(dial("127.0.0.1", 9))).to.match(
      /Nothing answers at 127\.0\.0\.1:9 .*ECONNREFUSED/,
    );
    (await dial("127.0.0.1", port)).destroy();
  });

  it("fails when the region ends meanwhile, and afterwards", async () => {
    const { dial } = dialThrough(region);
    (await dial("127.0.0.1", port)).destroy();
    region.kill("SIGSTOP");
    const waiting = dial("127.0.0.1", port);
    region.kill("SIGKILL");
    expect(await failureOf(waiting)).to.match(/starting or ending/);
    expect(await failureOf(dial("127.0.0.1", port))).to.match(/starting or ending/);
  });
});
