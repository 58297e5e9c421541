import { expect } from "chai";
import { createServer, request, type IncomingMessage, type Server } from "node:http";
import { connect } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";

import { openDoor, type Door } from "../../../../../localAws/live/host/door/door";
import type { Site } from "../../../../../localAws/live/host/door/sites";

const host = "alb.elb.amazonaws.com";

describe("a door", () => {
  let upstream: Server;
  let door: Door;
  let port: number;
  let reachable: boolean;
  const site = (): Site => ({
    loadBalancerArn: "arn",
    dnsName: host,
    host,
    names: [host],
    scheme: "http",
    port: 80,
    addresses: ["54.0.0.1", "54.0.0.2"],
  });

  before(async () => {
    upstream = createServer((asked, answer) => {
      void answerTest(asked).then(({ status = 200, headers, body }) =>
        answer.writeHead(status, headers).end(body),
      );
    });
    upstream.on("upgrade", (asked: IncomingMessage, socket) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: test\r\nX-Host: ${asked.headers.host ?? ""}\r\n\r\n`,
      );
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    const address = upstream.address();
    const upstreamPort = typeof address === "object" && address !== null ? address.port : 0;
    reachable = true;
    door = await openDoor({
      site: site(),
      port: 0,
      authority: () => Promise.resolve(""),
      dial: async (ip) => {
        // The first address has no answer, as in a zone that is away.
        if (!reachable || ip === "54.0.0.1") throw new Error(`${ip} refused the connection.`);
        const socket = connect(upstreamPort, "127.0.0.1");
        await new Promise((resolve) => socket.once("connect", resolve));
        return socket;
      },
    });
    port = Number(new URL(door.url).port);
  });
  after(() => {
    door.close();
    upstream.close();
    upstream.closeAllConnections();
  });

  async function answerTest(asked: IncomingMessage) {
    const url = new URL(asked.url ?? "/", `http://${host}`);
    const json = { "content-type": "application/json" };
    switch (url.pathname) {
      case "/echo":
        return {
          headers: json,
          body: JSON.stringify({ url: asked.url, headers: asked.headers, body: await text(asked) }),
        };
      case "/gzip":
        return {
          headers: { "content-type": "text/html", "content-encoding": "gzip" },
          body: gzipSync(`<a href="http://${host}/x">`),
        };
      case "/binary":
        return { headers: { "content-type": "image/png" }, body: await buffer(asked) };
      default:
        return { status: 302, headers: { location: `http://${host}/echo` }, body: "" };
    }
  }

  async function ask(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
  ) {
    const { body, ...rest } = options;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path, agent: false, ...rest }, resolve)
        .once("error", reject)
        .end(body);
    });
    return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
  }

  it("sends the site's name and addresses in the request, and the door's in the answer", async () => {
    const answer = await ask(`/echo?to=http%3A%2F%2F127.0.0.1%3A${port}`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        Referer: `${door.url}/a`,
        "X-Forwarded-For": "1.2.3.4",
      },
      body: Buffer.from(`redirect_to=${encodeURIComponent(`${door.url}/wp-admin/`)}`),
    });
    const given: unknown = JSON.parse(
      answer.body
        .toString()
        .replaceAll(`127.0.0.1:${port}`, "DOOR")
        .replaceAll(`127.0.0.1%3A${port}`, "DOOR"),
    );
    // The answer passes the door again, so what was the site's name is the door's.
    expect(given).to.have.property("url", "/echo?to=http%3A%2F%2FDOOR");
    expect(given).to.have.property("body", "redirect_to=http%3A%2F%2FDOOR%2Fwp-admin%2F");
    expect(given).to.have.nested.property("headers.host", host);
    expect(given).to.have.nested.property("headers.referer", "http://DOOR/a");
    expect(given).not.to.have.nested.property("headers.x-forwarded-for");
  });

  it("rewrites redirects and compressed text", async () => {
    expect((await ask("/")).headers.location).to.equal(`${door.url}/echo`);
    const answer = await ask("/gzip");
    expect(answer.body.toString()).to.equal(`<a href="${door.url}/x">`);
    expect(answer.headers["content-encoding"]).to.equal(undefined);
  });

  it("uses the name that the browser uses", async () => {
    const answer = await ask("/", { headers: { Host: `localhost:${port}` } });
    expect(answer.headers.location).to.equal(`http://localhost:${port}/echo`);
  });

  it("sends the site's addresses in the fields of a form, and files as they are", async () => {
    const form = (text: string): Buffer =>
      Buffer.from(
        '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n' +
          `${text}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n` +
          `${door.url}\r\n--b--\r\n`,
      );
    const answer = await ask("/binary", {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=b" },
      body: form(`${door.url}/wp-admin/`),
    });
    // The door does not change the answer: its type is a picture's.
    expect(answer.body.toString()).to.equal(form(`http://${host}/wp-admin/`).toString());
  });

  it("passes every byte of what is no text", async () => {
    const body = Buffer.alloc(3_000_000, `http://${host}/\0\xff`);
    const answer = await ask("/binary", { method: "POST", headers: { "content-type": "image/png" }, body });
    expect(answer.body.equals(body)).to.equal(true);
  });

  it("refuses the name of another site, which has its name lead to this machine", async () => {
    const answer = await ask("/echo", { headers: { Host: "evil.test" } });
    expect(answer.status).to.equal(421);
  });

  it("passes connections that change their protocol", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n`,
    );
    let received = "";
    await new Promise<void>((resolve) => {
      socket.on("data", (chunk) => {
        received += chunk.toString();
        if (received.endsWith("\r\n\r\n")) socket.write("ping");
        if (received.endsWith("ping")) resolve();
      });
    });
    socket.destroy();
    expect(received).to.include("101 Switching Protocols").and.include(`X-Host: ${host}`);
  });

  it("shows a page that loads again while nothing answers", async () => {
    reachable = false;
    try {
      const own = connectionClosed();
      const page = await ask("/", { headers: { accept: "text/html" } });
      await own;
      expect(page.status).to.equal(503);
      expect(page.headers["refresh"]).to.equal("3");
      expect(page.body.toString()).to.include(host).and.include("54.0.0.2 refused the connection.");
      expect((await ask("/x", { headers: { accept: "*/*" } })).headers["content-type"]).to.match(
        /^text\/plain/,
      );
    } finally {
      reachable = true;
    }
  });

  /** Connections that are open already would still answer. */
  function connectionClosed(): Promise<void> {
    upstream.closeAllConnections();
    return Promise.resolve();
  }
});
