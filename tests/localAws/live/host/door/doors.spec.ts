import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { startDoors } from "../../../../../localAws/live/host/door/doors";
import { exampleWorld } from "../../../../support/exampleWorld";

describe("the doors of a region", () => {
  let folder: string;
  let emulator: Server;
  let endpoint: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "doors-"));
    const world = JSON.stringify(exampleWorld());
    emulator = createServer((_request, response) => {
      response.end(world);
    });
    endpoint = `http://127.0.0.1:${await listen(emulator, 0)}`;
  });
  after(() => {
    emulator.close();
    emulator.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  /** Opens the doors of a host process until the site is there. @returns how to end them, as its end does */
  const open = async () => {
    const lines: string[] = [];
    let doors: ReturnType<typeof startDoors> | undefined;
    const url = await new Promise<string>((resolve) => {
      doors = startDoors({
        endpoint,
        portsFile: path.join(folder, "sitePorts.json"),
        log: (line) => lines.push(line),
        changed: ([site]) => {
          resolve(site?.url ?? "");
        },
        dial: () => Promise.reject(new Error("nothing answers")),
        authority: () => Promise.resolve(""),
      });
    });
    return { port: Number(new URL(url).port), lines, close: () => doors?.close() };
  };

  it("keep a site's port for the next host process, and name a port that another program took", async () => {
    // So that the site's port is not the first one that is free later.
    const { port: other, close: closeOther } = await open();
    rmSync(path.join(folder, "sitePorts.json"));
    const first = await open();
    expect(first.port).to.be.greaterThan(other);
    first.close();
    closeOther();
    await freed(first.port);
    await freed(other);

    const second = await open();
    expect(second.port).to.equal(first.port);
    expect(second.lines).to.deep.equal([]);
    second.close();
    await freed(first.port);

    const blocker = createServer();
    await listen(blocker, first.port);
    const third = await open();
    blocker.close();
    third.close();
    expect(third.port).to.be.greaterThan(first.port);
    expect(third.lines.join("\n")).to.include(`another program uses port ${first.port}`);
    expect(third.lines.join("\n")).to.include(`http://127.0.0.1:${third.port} now`);
  });
});

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Waits until the port is free. */
async function freed(port: number): Promise<void> {
  for (;;) {
    const server = createServer();
    try {
      await listen(server, port);
      await new Promise((resolve) => server.close(resolve));
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }
}
