import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openDoor, type Door } from "../../../../../localAws/live/host/door/door";
import { Authority } from "../../../../../localAws/live/services/authority";

const host = "www.example.com";

describe("a door to a site with HTTPS", () => {
  let folder: string;
  let upstream: Server;
  let authority: Authority;
  const doors: Door[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "door-"));
    authority = await Authority.open(join(folder, "one"));
    const { certificate, key } = await authority.issue([host]);
    upstream = createServer({ cert: certificate, key }, (request, response) => {
      const location = `https://${host}:443${request.url ?? ""}next`;
      response.writeHead(301, { location, "set-cookie": "a=b; Secure; Domain=.example.com" }).end();
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    for (const door of doors) door.close();
    upstream.close();
    upstream.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  async function visit(trusted: string): Promise<Response> {
    const address = upstream.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const door = await openDoor({
      site: {
        loadBalancerArn: "arn",
        dnsName: "alb.elb.amazonaws.com",
        host,
        names: [host, "alb.elb.amazonaws.com"],
        scheme: "https",
        port: 443,
        addresses: ["54.0.0.1"],
      },
      port: 0,
      authority: () => Promise.resolve(trusted),
      dial: async () => {
        const socket = connect(port, "127.0.0.1");
        await new Promise((resolve) => socket.once("connect", resolve));
        return socket.pause();
      },
    });
    doors.push(door);
    const answer = await fetch(`${door.url}/`, { redirect: "manual" });
    if (answer.status === 301) expect(answer.headers.get("location")).to.equal(`${door.url}/next`);
    return answer;
  }

  it("speaks TLS with it, and needs none itself", async () => {
    const answer = await visit(authority.bundle);
    expect(answer.status).to.equal(301);
    expect(answer.headers.getSetCookie()).to.deep.equal(["a=b"]);
  });

  it("trusts no other authority than the region's", async () => {
    const other = await Authority.open(join(folder, "other"));
    const answer = await visit(other.bundle);
    expect(answer.status).to.equal(503);
    expect(await answer.text()).to.match(/certificate/);
  });
});
