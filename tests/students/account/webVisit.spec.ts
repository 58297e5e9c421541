import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { dialTunnel, openTunnel } from "../../../localAws/live/host/tunnel";
import { Authority, type Certificate } from "../../../localAws/live/services/authority";
import { realInternet } from "../../../students/account/realInternet";
import { visitOver, type Way } from "../../../students/account/webVisit";

const never = new AbortController().signal;

describe("a visitor's connection", () => {
  let folder: string;
  let authority: Authority;
  let certificate: Certificate;
  const open: Server[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "visit-"));
    authority = await Authority.open(path.join(folder, "authority"));
    certificate = await authority.issue(["site.example"]);
  });
  afterEach(() => {
    for (const server of open.splice(0)) server.close();
  });
  after(() => rm(folder, { recursive: true }));

  const listen = async (server: Server): Promise<number> => {
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : expect.fail("no port");
  };
  const hosts: string[] = [];
  const answer: RequestListener = (request, response) => {
    hosts.push(`${request.headers.host ?? ""}${request.url ?? ""}`);
    response.writeHead(301, { location: "https://site.example/" }).end("moved");
  };
  const plain = (listener: RequestListener = answer) => listen(createServer(listener));
  const encrypted = () =>
    listen(createTlsServer({ cert: certificate.certificate, key: certificate.key }, answer));
  const failure = async (visiting: Promise<unknown>): Promise<string> => {
    const error: unknown = await visiting.then(
      () => expect.fail("it was served"),
      (thrown: unknown) => thrown,
    );
    return String(error);
  };

  it("reads status and redirect without following it, with the URL's own host name", async () => {
    const port = await plain();
    const seen = await realInternet.visit(new URL(`http://site.example:${port}/a?b=1`), { at: "127.0.0.1" });
    expect(seen).to.deep.equal({ status: 301, location: "https://site.example/" });
    expect(hosts.at(-1)).to.equal(`site.example:${port}/a?b=1`);
  });

  it("names what browsers refuse of a certificate: its authority, or another name", async () => {
    const port = await encrypted();
    const seen = await realInternet.visit(new URL(`https://site.example:${port}/`), { at: "127.0.0.1" });
    expect(seen).to.include({ status: 301, untrusted: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
    const way: Way = {
      connect: (to) => Promise.resolve(connect(to, "127.0.0.1")),
      authority: () => Promise.resolve(authority.certificate),
    };
    expect(await visitOver(way, new URL(`https://site.example:${port}/`))).to.not.have.property("untrusted");
    const other = await visitOver(way, new URL(`https://other.example:${port}/`));
    expect(other.untrusted).to.equal("ERR_TLS_CERT_ALTNAME_INVALID");
    const address = await visitOver(way, new URL(`https://127.0.0.1:${port}/`));
    expect(address.untrusted).to.equal("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  it("fails where nothing answers, where HTTP answers HTTPS, and when it is stopped", async () => {
    const closed = await plain();
    for (const server of open.splice(0)) server.close();
    expect(await failure(realInternet.visit(new URL(`http://127.0.0.1:${closed}/`)))).to.include(
      "ECONNREFUSED",
    );
    const port = await plain();
    expect(await failure(realInternet.visit(new URL(`https://127.0.0.1:${port}/`)))).to.not.equal("");
    const stop = new AbortController();
    const silent = await plain(() => {
      stop.abort(new Error("stopped by the test"));
    });
    const visiting = realInternet.visit(new URL(`http://127.0.0.1:${silent}/`), { stop: stop.signal });
    expect(await failure(visiting)).to.include("stopped by the test");
  });

  it("passes the region's tunnel, which reports why an address does not answer", async () => {
    const port = await plain();
    const dialled: string[] = [];
    const tunnel = await openTunnel(folder, (address, to) => {
      dialled.push(`${address}:${to}`);
      if (address !== "198.51.100.1") return Promise.reject(new Error("한 host is down"));
      return Promise.resolve(connect(port, "127.0.0.1"));
    });
    open.push(tunnel);
    const way = (address: string): Way => ({
      connect: (to, signal) => dialTunnel(folder, address, to, signal),
    });
    expect((await visitOver(way("198.51.100.1"), new URL("http://site.example/"))).status).to.equal(301);
    expect(await failure(visitOver(way("198.51.100.2"), new URL("http://site.example/")))).to.include(
      "한 host is down",
    );
    expect(dialled).to.deep.equal(["198.51.100.1:80", "198.51.100.2:80"]);
    expect(await failure(dialTunnel(folder, "site.example", 80, never))).to.include("is no IPv4 address");
    expect(await failure(dialTunnel(folder, "198.51.100.1", 70_000, never))).to.include("is no IPv4 address");
  });
});
