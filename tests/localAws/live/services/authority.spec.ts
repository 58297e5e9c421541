import { expect } from "chai";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";

import { Authority, type Certificate } from "../../../../localAws/live/services/authority";

/** Connects with TLS to a server that has the certificate. @returns the error's code, or `trusted` */
async function visit({ certificate, key }: Certificate, ca: string, servername: string): Promise<string> {
  const server = createServer({ cert: certificate, key }, (socket) => {
    socket.on("error", () => undefined);
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const { port } = address;
  const answer = await new Promise<string>((resolve) => {
    const client = connect({ port, host: "127.0.0.1", ca, servername }, () => {
      client.destroy();
      resolve("trusted");
    });
    client.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
  });
  server.close();
  return answer;
}

describe("the certificate authority", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "authority-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("issues certificates that TLS clients trust for their names only", async () => {
    const authority = await Authority.open(folder);
    const issued = await authority.issue(["db.example.com", "*.efs.example.com", "10.0.0.5"]);
    expect(await visit(issued, authority.bundle, "db.example.com")).to.equal("trusted");
    expect(await visit(issued, authority.bundle, "one.efs.example.com")).to.equal("trusted");
    expect(await visit(issued, authority.bundle, "other.example.com")).to.equal(
      "ERR_TLS_CERT_ALTNAME_INVALID",
    );
    expect(new X509Certificate(issued.certificate).checkIP("10.0.0.5")).to.equal("10.0.0.5");
  });

  it("is not trusted by clients of another authority", async () => {
    const authority = await Authority.open(folder);
    const other = await Authority.open(join(folder, "other"));
    const code = await visit(await authority.issue(["db.example.com"]), other.bundle, "db.example.com");
    expect(code).to.equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  });

  it("issues one certificate for the same names, also for names longer than a common name may be", async () => {
    const authority = await Authority.open(folder);
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.example.com`;
    const issued = await authority.issue([long]);
    expect(await authority.issue([long])).to.equal(issued);
    expect(await visit(issued, authority.bundle, long)).to.equal("trusted");
  });

  it("stays the same in its folder, and only its owner reads the key", async () => {
    const first = await Authority.open(folder);
    const second = await Authority.open(folder);
    expect(second.certificate).to.equal(first.certificate);
    expect(await visit(await second.issue(["a.example"]), first.bundle, "a.example")).to.equal("trusted");
    expect(statSync(join(folder, "authority.key")).mode & 0o777).to.equal(0o600);
  });

  it("is renewed near its end, and clients still trust what the old one signed", async () => {
    const nineYearsAgo = Date.now() - 9 * 365 * 24 * 3_600_000;
    const old = await Authority.open(folder, () => nineYearsAgo);
    const renewed = await Authority.open(folder);
    expect(renewed.certificate).not.to.equal(old.certificate);
    expect(renewed.bundle).to.equal(renewed.certificate + old.certificate);
    expect(await visit(await renewed.issue(["a.example"]), renewed.bundle, "a.example")).to.equal("trusted");
    const again = await Authority.open(folder);
    expect(again.bundle).to.equal(renewed.bundle);
  });

  it("refuses a certificate without a name", async () => {
    const authority = await Authority.open(folder);
    const error = await authority.issue([]).catch((reason: unknown) => reason);
    expect(String(error)).to.include("at least one name");
  });
});
