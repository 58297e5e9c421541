import { expect } from "chai";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { attempt, run, waitFor } from "../../../../localAws/live/command";
import { Network } from "../../../../localAws/live/network/network";
import { Authority } from "../../../../localAws/live/services/authority";
import { AwsEndpoints } from "../../../../localAws/live/services/awsEndpoints";
import { FileSystems, fileSystemsFolder } from "../../../../localAws/live/services/fileSystem";
import type { World } from "../../../../localAws/live/world";
import { networkInterface, tcp } from "../network/support/worlds";
import { worldWith } from "./support/databases";

const host = "fs-1.efs.us-east-1.amazonaws.com";

/** Prints what a server sends over TLS, or the error, e.g. of a certificate that does not fit. */
const client = `
const [address, port, servername, ca, request, certificate] = process.argv.slice(1);
const read = require("node:fs").readFileSync;
const own = certificate === undefined ? {} : { cert: read(certificate), key: read(certificate) };
const options = { host: address, port: Number(port), servername, ca: read(ca), timeout: 2000, ...own };
const socket = require("node:tls").connect(options, () => socket.write(request.replaceAll("|", "\\r\\n")));
socket.on("data", (data) => { process.stdout.write(data); if (String(data).startsWith("EFS")) socket.end(); });
socket.on("timeout", () => { process.stdout.write("timeout"); socket.destroy(); });
socket.on("error", (error) => process.stdout.write("error: " + (error.code ?? error.message)));
`;

describe("EFS and AWS's endpoints in the box", () => {
  const folder = mkdtempSync(join(tmpdir(), "live-endpoints-"));
  const ca = join(folder, "ca.pem");
  const network = new Network();
  /** What the file systems showed to machines, and removed again. */
  const shown: string[] = [];
  let emulator: Server;
  let fileSystems: FileSystems;
  let endpoints: AwsEndpoints;

  function worldNow(mountTargets = 2): World {
    const world = worldWith({
      fileSystems: [
        {
          id: "fs-1",
          host,
          accessPoints: [
            { id: "fsap-1", path: "/sites/one", uid: 33, gid: 34, permissions: "0750" },
            { id: "fsap-2", path: "/absent", uid: null, gid: null, permissions: null },
            { id: "fsap-3", path: "/link", uid: 0, gid: 0, permissions: "0755" },
          ],
          mountTargets: [["subnet-a", "10.0.0.40"] as const, ["subnet-b", "10.0.1.40"] as const]
            .slice(0, mountTargets)
            .map(([subnetId, address], index) => ({
              id: `fsmt-${index}`,
              vpcId: "vpc-1",
              state: "available",
              interface: networkInterface(subnetId, address, ["sg-efs"]),
            })),
        },
      ],
    });
    const [vpc] = world.places[0]?.vpcs ?? [];
    if (vpc === undefined) throw new Error("The world has no VPC.");
    vpc.securityGroups.push({ id: "sg-endpoint", name: "e", rules: [tcp(443, { groups: ["sg-web"] })] });
    vpc.endpoints.push({
      id: "vpce-1",
      service: "com.amazonaws.us-east-1.secretsmanager",
      type: "Interface",
      state: "available",
      privateDns: true,
      interfaces: [networkInterface("subnet-a", "10.0.0.50", ["sg-endpoint"])],
    });
    return world;
  }

  async function ask(
    from: string | undefined,
    address: string,
    port: number,
    name: string,
    request = "x",
    ...certificate: readonly string[]
  ) {
    const node = [process.execPath, "-e", client, address, String(port), name, ca, request, ...certificate];
    const { output } = await attempt(from === undefined ? node : ["ip", "netns", "exec", from, ...node]);
    return output;
  }

  const call = (name: string, service: string): string =>
    `POST / HTTP/1.1|Host: ${name}|Connection: close|Authorization: AWS4-HMAC-SHA256 Credential=1/20261130/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0|Content-Length: 0||`;

  before(async () => {
    const authority = await Authority.open(join(folder, "authority"));
    writeFileSync(ca, authority.bundle);
    emulator = createServer((request, response) =>
      response.end(`emulator for ${request.headers.host ?? ""}`),
    );
    await network.reconcile(worldNow());
    await new Promise<void>((resolve) => emulator.listen(4599, "127.0.0.1", resolve));
    const context = { folder, endpoint: "http://127.0.0.1:4599", log: () => undefined };
    fileSystems = new FileSystems({
      context,
      authority,
      network,
      share: (vpcId, address, source) => {
        shown.push(`${vpcId} ${address} ${realpathSync(source)}`);
        const remove = (): Promise<void> => Promise.resolve(void shown.push("removed"));
        return Promise.resolve(
          address === "10.0.1.20" ? { name: `share-${shown.length}`, remove } : undefined,
        );
      },
    });
    endpoints = new AwsEndpoints({ context, authority, network, secretOf: () => undefined });
    await network.attach("i-web", "vpc-1", [networkInterface("subnet-b", "10.0.1.20", ["sg-web"])]);
    await network.attach("i-no-machine", "vpc-1", [networkInterface("subnet-b", "10.0.1.22", ["sg-web"])]);
    await network.attach("i-other", "vpc-1", [networkInterface("subnet-b", "10.0.1.21", ["sg-other"])]);
    await network.publicAddressOf("unrelated.example");
    await fileSystems.reconcile(worldNow());
    await endpoints.reconcile(worldNow());
  });

  after(async () => {
    await endpoints.stop();
    await fileSystems.stop();
    await network.stop();
    emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const own = (): string => join(fileSystemsFolder(folder), "111111111111/us-east-1/fs-1");

  it("shows the file system to a machine of an allowed group that verified its certificate, at each mount target", async () => {
    for (const address of ["10.0.0.40", "10.0.1.40"]) {
      shown.length = 0;
      expect(await ask("i-web", address, 2049, host)).to.match(/^EFS share-\d+\n$/);
      await waitFor("the share ends with the connection", 5, () => (shown.length > 1 ? true : undefined));
      expect(shown).to.deep.equal([`vpc-1 10.0.1.20 ${own()}`, "removed"]);
    }
    expect(await ask("i-web", "10.0.0.40", 2049, "fs-2.efs.us-east-1.amazonaws.com")).to.equal(
      "error: ERR_TLS_CERT_ALTNAME_INVALID",
    );
    expect(await ask("i-other", "10.0.0.40", 2049, host)).to.equal("timeout");
  });

  it("shows nothing to an address that is no machine's", async () => {
    expect(await ask("i-no-machine", "10.0.0.40", 2049, host)).not.to.include("EFS");
  });

  it("shows an access point's root directory, which the first use creates with its owner", async () => {
    shown.length = 0;
    const certificate = await clientCertificate("fsap-1");
    expect(await ask("i-web", "10.0.0.40", 2049, host, "x", certificate)).to.match(/^EFS /);
    expect(shown[0]).to.equal(`vpc-1 10.0.1.20 ${own()}/sites/one`);
    const { uid, gid, mode } = statSync(join(own(), "sites/one"));
    expect([uid, gid, mode & 0o7777]).to.deep.equal([33, 34, 0o750]);
  });

  it("shows nothing for an access point of another file system, without a root directory, or behind a link", async () => {
    shown.length = 0;
    symlinkSync("/", join(own(), "link"));
    for (const id of ["fsap-other", "fsap-2", "fsap-3"]) {
      const certificate = await clientCertificate(id);
      expect(await ask("i-web", "10.0.0.40", 2049, host, "x", certificate), id).not.to.include("EFS");
    }
    expect(shown).to.deep.equal([]);
    expect(existsSync(join(own(), "absent"))).to.equal(false);
  });

  it("closes a mount target that is deleted, and keeps the files", async () => {
    const file = join(own(), "upload.txt");
    writeFileSync(file, "kept");
    await fileSystems.reconcile(worldNow(1));
    expect(await ask("i-web", "10.0.1.40", 2049, host)).to.match(/timeout|error/);
    expect(await ask("i-web", "10.0.0.40", 2049, host)).to.include("EFS");
    await fileSystems.reconcile(worldNow());
    expect(await ask("i-web", "10.0.1.40", 2049, host)).to.include("EFS");
    expect(readFileSync(file, "utf8")).to.equal("kept");
  });

  /** A certificate as amazon-efs-utils makes it, with its key in the same file. */
  async function clientCertificate(accessPointId: string): Promise<string> {
    const file = join(folder, `${accessPointId}.pem`);
    const name = Buffer.from(accessPointId);
    const value = Buffer.concat([Buffer.from([0x0c, name.length]), name]).toString("hex");
    await run([
      ...["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", "1", "-subj", "/CN=client", "-addext", `1.3.6.1.4.1.4843.7.1=DER:${value}`],
      ...["-keyout", `${file}.key`, "-out", `${file}.crt`],
    ]);
    writeFileSync(file, readFileSync(`${file}.crt`, "utf8") + readFileSync(`${file}.key`, "utf8"));
    return file;
  }

  it("forwards calls of servers to the emulator at an interface endpoint, for its own service only", async () => {
    const name = "secretsmanager.us-east-1.amazonaws.com";
    const answer = await ask("i-web", "10.0.0.50", 443, name, call(name, "secretsmanager"));
    expect(answer).to.include("200 OK").and.to.include(`emulator for ${name}`);
    const other = await ask("i-web", "10.0.0.50", 443, name, call(name, "ec2"));
    expect(other).to.include("403").and.to.include("Credential should be scoped to correct service");
    const withToken = call(name, "secretsmanager").replace("|Content", "|X-Amz-Security-Token: old|Content");
    expect(await ask("i-web", "10.0.0.50", 443, name, withToken)).to.include("The security token included");
    expect(await ask("i-other", "10.0.0.50", 443, name, call(name, "secretsmanager"))).to.equal("timeout");
  });

  it("answers on the internet, where servers without a route to it get no answer", async () => {
    const name = "email.us-east-1.amazonaws.com";
    const address = await network.publicAddressOf(name);
    expect(await ask(undefined, address, 443, name, call(name, "ses"))).to.include(`emulator for ${name}`);
    expect(await ask("i-web", address, 443, name, call(name, "ses"))).to.equal("timeout");
  });

  it("serves RDS's trust store with the region's authority", async () => {
    const name = "truststore.pki.rds.amazonaws.com";
    const address = await network.publicAddressOf(name);
    const get = (path: string): string => `GET ${path} HTTP/1.1|Host: ${name}|Connection: close||`;
    const bundle = await ask(undefined, address, 443, name, get("/us-east-1/us-east-1-bundle.pem"));
    expect(bundle).to.include("BEGIN CERTIFICATE");
    expect(await ask(undefined, address, 443, name, get("/us-east-1/other.pem"))).to.include("403");
  });
});
