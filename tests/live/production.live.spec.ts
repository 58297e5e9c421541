import { expect } from "chai";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { connect, type TLSSocket } from "node:tls";

import { z } from "../../cli/json";
import { emulatorFolder } from "../../engine/folders";
import { dial } from "../../localAws/live";
import { identities } from "../localAws/live/support/identity";
import { openLiveStack, within, type LiveStack } from "./support/liveStack";
import { servers } from "./support/servers";

const domain = "blog.example.com";

const databaseSchema = z.object({
  DBInstanceIdentifier: z.string(),
  DBInstanceStatus: z.string(),
  MultiAZ: z.boolean(),
  AvailabilityZone: z.string(),
  SecondaryAvailabilityZone: z.string(),
});

/** The stack `prod` as it is shipped: HTTPS with its own domain, NAT, Multi-AZ, protection. */
describe("the stack prod, which an ordinary user runs", function () {
  this.timeout(500_000);
  let stack: LiveStack;

  before(async () => {
    const identity = identities().at(-1);
    if (identity === undefined) throw new Error("The tests run as no user.");
    stack = await openLiveStack({ identity, stack: "prod" });
  });
  after(() => stack.close());

  const addresses = () =>
    stack.aws(
      z.array(z.string()),
      ...["ec2", "describe-network-interfaces", "--filters", "Name=description,Values=ELB app/*"],
      ...["--query", "NetworkInterfaces[].Association.PublicIp"],
    );
  /** A visitor's connection over the internet to an address of the load balancer. */
  const connection = async (port: number) => {
    const [address = ""] = await addresses();
    return await dial(emulatorFolder(stack.run.folders), address, port);
  };
  const encrypted = async (): Promise<TLSSocket> => {
    const ca = await stack.control.text("/authority");
    const socket = connect({ socket: await connection(443), servername: domain, ca });
    await once(socket, "secureConnect");
    return socket;
  };
  const database = async () => {
    const [found] = await stack.aws(
      z.array(databaseSchema),
      ...["rds", "describe-db-instances", "--query", "DBInstances[]"],
    );
    if (found === undefined) throw new Error("The stack has no database.");
    return found;
  };
  const get = (path: string): string =>
    `GET ${path} HTTP/1.1\r\nHost: ${domain}\r\nConnection: close\r\n\r\n`;

  it("has two healthy servers in two zones", async () => {
    await stack.untilHealthy(2, 60);
    expect((await servers(stack)).map(({ Zone }) => Zone).sort()).to.deep.equal(["us-east-1a", "us-east-1b"]);
  });

  it("serves its domain over HTTPS, with a certificate that verifies and at least TLS 1.2", async () => {
    const socket = await encrypted();
    expect(socket.authorized).to.equal(true);
    expect(socket.getPeerCertificate().subjectaltname).to.include(`DNS:${domain}`);
    expect(socket.getProtocol()).to.be.oneOf(["TLSv1.2", "TLSv1.3"]);
    socket.write(get("/"));
    const answer = await text(socket);
    expect(answer).to.match(/^HTTP\/1\.1 200 /);
    expect(answer).to.include(`https://${domain}/`).and.not.include(`http://${domain}`);
  });

  it("redirects HTTP to HTTPS", async () => {
    const socket = await connection(80);
    socket.write(get("/some/page?with=query"));
    const answer = await text(socket);
    expect(answer).to.match(/^HTTP\/1\.1 301 /);
    expect(answer).to.match(new RegExp(`^location: https://${domain}:443/some/page\\?with=query\r$`, "im"));
  });

  it("is shown on loopback without its own address in links, cookies and headers", async () => {
    const answer = await fetch(`${stack.site}/wp-login.php`, { redirect: "manual" });
    expect(answer.status).to.equal(200);
    expect(answer.headers.get("set-cookie")).to.not.match(/secure/i);
    expect(await answer.text())
      .to.include(`${stack.site}/wp-`)
      .and.not.include(domain);
    const admin = await fetch(`${stack.site}/wp-admin/`, { redirect: "manual" });
    expect(admin.status).to.equal(302);
    expect(admin.headers.get("location")).to.match(new RegExp(`^${stack.site}/wp-login\\.php`));
  });

  it("serves again after its database failed over to the other zone, and replaces no server", async () => {
    const before = await database();
    expect(before.MultiAZ).to.equal(true);
    const ids = [...(await stack.healthy())].sort();
    const identifier = ["--db-instance-identifier", before.DBInstanceIdentifier];
    await stack.change("rds", "reboot-db-instance", ...identifier, "--force-failover");
    await within(60, "the database in the other zone", async () => {
      const { AvailabilityZone, DBInstanceStatus } = await database();
      const isDone =
        AvailabilityZone === before.SecondaryAvailabilityZone && DBInstanceStatus === "available";
      return isDone ? true : undefined;
    });
    expect((await database()).SecondaryAvailabilityZone).to.equal(before.AvailabilityZone);
    await within(60, "a page of the site", async () =>
      (await stack.visit(`/?nothing=${performance.now()}`)).status === 200 ? true : undefined,
    );
    expect([...(await stack.healthy())].sort()).to.deep.equal(ids);
  });

  it("nothing is left after down, which removes the protection first", async () => {
    await stack.down();
  });
});
