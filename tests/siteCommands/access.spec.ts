import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { privateKeyFor, requireKeyFile } from "../../siteCommands/access/privateKey";
import { shellLine, signInCommand, signInProblem, type Access } from "../../siteCommands/access/signIn";
import { rejectionOf } from "../support/rejection";

const access = (more: Partial<Access>): Access => ({
  server: { id: "i-0aa1111", privateAddress: "10.20.1.5", keyName: "wordpress-servers" },
  hasEndpoint: true,
  sshFrom: [],
  region: "us-east-1",
  ...more,
});

describe("the shell on a server", () => {
  it("goes through the endpoint where there is one, else to the private address", () => {
    expect(shellLine(signInCommand(access({ sshFrom: ["10.8.0.0/16"] }), "/home/kim/my key"))).to.equal(
      "aws ec2-instance-connect ssh --region us-east-1 --connection-type eice --os-user admin --private-key-file '/home/kim/my key' --instance-id i-0aa1111",
    );
    expect(shellLine(signInCommand(access({ hasEndpoint: false }), "k"))).to.equal(
      "ssh -i k admin@10.20.1.5",
    );
    expect(shellLine(signInCommand(access({ hasEndpoint: false }), undefined))).to.equal(
      "ssh admin@10.20.1.5",
    );
  });

  it("is refused with the setting when the server accepts no key or no address may reach it", () => {
    const { server } = access({});
    expect(signInProblem(access({ server: { ...server, keyName: undefined } }))?.remedy).to.contain(
      "fleet.sshPublicKey",
    );
    expect(signInProblem(access({ hasEndpoint: false }))?.remedy).to.contain("network.sshFrom");
    expect(signInProblem(access({}))).to.equal(undefined);
    expect(signInProblem(access({ hasEndpoint: false, sshFrom: ["10.8.0.0/16"] }))).to.equal(undefined);
  });
});

describe("the user's private key", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "ssh-"));
    await writeFile(path.join(folder, "a.pub"), "ssh-ed25519 AAAA kim@laptop\n");
    await writeFile(path.join(folder, "b.pub"), "ssh-ed25519 BBBB\n");
  });
  after(() => rm(folder, { recursive: true }));

  it("is the file beside the public key of the servers, whatever its comment", async () => {
    expect(await privateKeyFor("ssh-ed25519 BBBB other", folder)).to.equal(path.join(folder, "b"));
    expect(await privateKeyFor("ssh-ed25519 CCCC", folder)).to.equal(undefined);
    expect(await privateKeyFor("ssh-ed25519 CCCC", path.join(folder, "none"))).to.equal(undefined);
  });

  it("must exist when the user names it", async () => {
    await requireKeyFile(path.join(folder, "a.pub"));
    expect(await rejectionOf(requireKeyFile(path.join(folder, "none")))).to.contain("ENOENT");
  });
});
