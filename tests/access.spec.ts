import { expect } from "chai";
import { z } from "zod";

import { problemsIn } from "../components/settings/parse";
import { stackSettings } from "../config";
import program from "../index";
import { ed25519Key } from "./components/wordpressFleet/keys";
import { all, only, runUnderMocks } from "./support/mocks";
import { stackConfig } from "./support/stackFile";

const endpoint = "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint";
const keyPair = "aws:ec2/keyPair:KeyPair";

/** The `dev` stack with more settings in some groups. */
const dev = (more: Readonly<Record<string, object>> = {}) => {
  const config = { ...stackConfig("dev") };
  for (const [name, settings] of Object.entries(more)) {
    const group: unknown = JSON.parse(config[`wordpress:${name}`] ?? "{}");
    config[`wordpress:${name}`] = JSON.stringify({
      ...z.record(z.string(), z.unknown()).parse(group),
      ...settings,
    });
  }
  return runUnderMocks(program, { config, stack: "dev" });
};

const refused = (network: object, fleet: object) =>
  problemsIn(stackSettings, { network, fleet: { sizing: "manual", ...fleet } }).map(({ path }) => path);

describe("SSH access to the servers", () => {
  it("does not exist and costs nothing by default", async () => {
    const run = await dev();
    expect(all(run, endpoint)).to.deep.equal([]);
    expect(all(run, keyPair)).to.deep.equal([]);
    expect(only(run, "aws:ec2/launchTemplate:LaunchTemplate").inputs).not.to.have.property("keyName");
  });

  it("is created by one setting, a public key: key pair, endpoint and rules for SSH", async () => {
    const run = await dev({ fleet: { sshPublicKey: `${ed25519Key} kim@laptop` } });
    expect(only(run, keyPair).inputs).to.deep.include({ publicKey: ed25519Key });
    expect(only(run, keyPair).inputs).not.to.have.property("keyName");
    expect(only(run, "aws:ec2/launchTemplate:LaunchTemplate").inputs["keyName"]).to.equal(
      "wordpress-servers-1234567",
    );
    expect(only(run, endpoint).inputs["subnetId"]).to.match(/private/);
    const rules = all(run, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rules.filter(({ inputs }) => inputs["fromPort"] === 22)).to.have.length(1);
  });

  it("has no endpoint when the settings disable it", async () => {
    const run = await dev({
      fleet: { sshPublicKey: ed25519Key },
      network: { instanceConnectEndpoint: false },
    });
    expect(all(run, endpoint)).to.deep.equal([]);
    expect(all(run, keyPair)).to.have.length(1);
  });

  it("uses an existing key pair", async () => {
    const run = await dev({ fleet: { keyPairName: "mine" }, network: { instanceConnectEndpoint: true } });
    expect(only(run, "aws:ec2/launchTemplate:LaunchTemplate").inputs["keyName"]).to.equal("mine");
    expect(all(run, keyPair)).to.deep.equal([]);
    expect(all(run, endpoint)).to.have.length(1);
    expect(all(await dev({ fleet: { keyPairName: "mine" } }), endpoint)).to.deep.equal([]);
  });

  it("is refused without a key, as Debian's image has no other sign-in method", () => {
    const both = { instanceConnectEndpoint: true, sshFrom: ["10.8.0.0/16"] };
    expect(refused(both, {})).to.deep.equal(["network.instanceConnectEndpoint", "network.sshFrom"]);
    const bootstrap = { image: { source: "bootstrap" } };
    expect(refused({ ...both, natGateways: "single" }, bootstrap)).to.have.length(2);
    expect(refused(both, { keyPairName: "mine" })).to.deep.equal([]);
    expect(refused(both, { sshPublicKey: ed25519Key })).to.deep.equal([]);
  });

  it("is not checked for an image of the user's own", () => {
    const image = { source: "existing", amiId: "ami-0123456789abcdef0" };
    expect(refused({ instanceConnectEndpoint: true }, { image })).to.deep.equal([]);
  });

  it("is refused with two keys", () => {
    expect(refused({}, { keyPairName: "mine", sshPublicKey: ed25519Key })).to.deep.equal([
      "fleet.sshPublicKey",
    ]);
  });

  it("does not print a private key that was given by mistake", async () => {
    const secret = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----";
    const failure = await dev({ fleet: { sshPublicKey: secret } }).then(
      () => expect.fail("expected the settings to be refused"),
      (error: unknown) => String(error),
    );
    expect(failure).to.include("fleet.sshPublicKey: a private key, not shown here");
    expect(failure).not.to.include("c2VjcmV0");
  });
});
