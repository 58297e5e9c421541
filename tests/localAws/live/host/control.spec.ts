import { expect } from "chai";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { bootIdAt } from "../../../../localAws/live/host/control";

describe("the emulator whose state a region has", () => {
  let sockets: string;
  let server: Server | undefined;

  beforeEach(async () => {
    sockets = await mkdtemp(path.join(tmpdir(), "control-"));
  });
  afterEach(async () => {
    server?.close();
    server = undefined;
    await rm(sockets, { recursive: true });
  });

  /** A region that does this with a connection as soon as it has the request. */
  const region = async (answer: (socket: Socket) => void) => {
    server = createServer((socket) =>
      socket.once("data", () => {
        answer(socket);
      }),
    );
    server.listen(path.join(sockets, "control.sock"));
    await once(server, "listening");
  };

  it("is in its answer", async () => {
    const content = JSON.stringify({ bootId: "a-boot" });
    await region((socket) => {
      socket.end(
        `HTTP/1.1 200 OK\r\nContent-Length: ${String(content.length)}\r\nConnection: close\r\n\r\n${content}`,
      );
    });
    expect(await bootIdAt(sockets)).to.equal("a-boot");
  });

  it("is unknown without a region", async () => {
    expect(await bootIdAt(sockets)).to.equal(undefined);
  });

  it("is unknown when the region ends before or while it answers", async () => {
    await region((socket) => socket.destroy());
    expect(await bootIdAt(sockets)).to.equal(undefined);
    server?.close();
    await rm(path.join(sockets, "control.sock"), { force: true });
    await region((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", () => socket.destroy());
    });
    expect(await bootIdAt(sockets)).to.equal(undefined);
  });
});
