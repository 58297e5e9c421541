import { expect } from "chai";

import { z } from "../../../../cli/json";
import { Metadata } from "../../../../localAws/live/machines/metadata";
import type { Instance } from "../../../../localAws/live/world";
import { networkInterface } from "../network/support/worlds";
import { instance, userData, worldWith } from "./support/worlds";

const role = {
  name: "servers",
  arn: "arn:aws:iam::1:role/servers",
  profileArn: "arn:aws:iam::1:instance-profile/p",
};

const credentials = z.record(z.string(), z.string());

describe("the instance metadata service", () => {
  let now = Date.UTC(2026, 0, 1);
  let metadata: Metadata;

  function serve(...instances: readonly Instance[]): void {
    metadata = new Metadata(() => now);
    metadata.update(worldWith(instances));
  }

  function ask(url: string, headers: Record<string, string> = {}, method = "GET", address = "10.0.0.5") {
    const { body, ...answer } = metadata.answer("vpc-1", address, { method, url, headers });
    return { ...answer, body: body.toString() };
  }

  function token(seconds = "21600", address = "10.0.0.5"): string {
    return ask("/latest/api/token", { "x-aws-ec2-metadata-token-ttl-seconds": seconds }, "PUT", address).body;
  }

  function get(path: string): string {
    const answer = ask(`/latest/${path}`, { "x-aws-ec2-metadata-token": token() });
    expect(answer.status, path).to.equal(200);
    return answer.body;
  }

  function status(path: string): number {
    return ask(`/latest/${path}`, { "x-aws-ec2-metadata-token": token() }).status;
  }

  it("answers a session only: 401 without a token, with another's, and with an old one", () => {
    const other = instance({ id: "i-0002", interfaces: [networkInterface("subnet-a", "10.0.0.6", [])] });
    serve(instance(), other);
    expect(ask("/latest/meta-data/instance-id").status).to.equal(401);
    expect(ask("/latest/meta-data/instance-id", { "x-aws-ec2-metadata-token": "AAAA" }).status).to.equal(401);
    const others = token("60", "10.0.0.6");
    expect(ask("/latest/meta-data/", { "x-aws-ec2-metadata-token": others }).status).to.equal(401);
    const own = token("60");
    const answer = ask("/latest/meta-data/instance-id", { "x-aws-ec2-metadata-token": own });
    expect(answer).to.include({ status: 200, body: "i-0001" });
    expect(answer.headers["x-aws-ec2-metadata-token-ttl-seconds"]).to.equal("60");
    now += 60_000;
    expect(ask("/latest/meta-data/", { "x-aws-ec2-metadata-token": own }).status).to.equal(401);
  });

  it("answers without a token where tokens are optional, but not with a wrong one", () => {
    serve(instance({ metadata: { enabled: true, tokensRequired: false, hopLimit: 1, tags: false } }));
    expect(ask("/latest/meta-data/instance-id")).to.include({ status: 200, body: "i-0001" });
    expect(ask("/latest/meta-data/", { "x-aws-ec2-metadata-token": "AAAA" }).status).to.equal(401);
  });

  it("refuses tokens to proxies, and lifetimes that EC2 does not allow", () => {
    serve(instance());
    const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };
    expect(ask("/latest/api/token", { ...ttl, "x-forwarded-for": "1.2.3.4" }, "PUT").status).to.equal(403);
    expect(ask("/latest/api/token", {}, "PUT").status).to.equal(400);
    for (const seconds of ["0", "21601", "1h", "-1"]) {
      expect(
        ask("/latest/api/token", { "x-aws-ec2-metadata-token-ttl-seconds": seconds }, "PUT").status,
      ).to.equal(400);
    }
    expect(ask("/latest/api/token", ttl, "GET").status).to.equal(405);
    expect(ask("/latest/meta-data/", { "x-aws-ec2-metadata-token": token() }, "POST").status).to.equal(405);
  });

  it("answers 403 when it is off, and nothing to others than instances", () => {
    serve(instance({ metadata: { enabled: false, tokensRequired: true, hopLimit: 1, tags: false } }));
    expect(ask("/latest/meta-data/").status).to.equal(403);
    expect(ask("/latest/meta-data/", {}, "GET", "10.0.0.99").status).to.equal(404);
  });

  it("lists folders, with and without a slash at the end", () => {
    serve(instance({ role }));
    expect(get("").split("\n")).to.deep.equal(["dynamic/", "meta-data/"]);
    const categories = get("meta-data/").split("\n");
    expect(categories).to.include.members(["ami-id", "hostname", "iam/", "network/", "placement/"]);
    expect(get("meta-data/placement")).to.equal(get("meta-data/placement/"));
    expect(ask("/", { "x-aws-ec2-metadata-token": token() }).body.split("\n")).to.include("latest");
    expect(ask("/2021-07-15/meta-data/instance-id", { "x-aws-ec2-metadata-token": token() }).body).to.equal(
      "i-0001",
    );
  });

  it("has the instance's identity and network", () => {
    const [own] = [networkInterface("subnet-a", "10.0.0.5", ["sg-web"], "3.4.5.6")];
    serve(instance({ interfaces: [own] }));
    expect(get("meta-data/local-hostname")).to.equal("ip-10-0-0-5.ec2.internal");
    expect(get("meta-data/public-hostname")).to.equal("ec2-3-4-5-6.compute-1.amazonaws.com");
    expect(get("meta-data/placement/availability-zone")).to.equal("us-east-1a");
    expect(get("meta-data/security-groups")).to.equal("web");
    const mac = get("meta-data/mac");
    expect(get("meta-data/network/interfaces/macs/")).to.equal(`${mac}/`);
    const folder = `meta-data/network/interfaces/macs/${mac}`;
    expect(get(`${folder}/vpc-ipv4-cidr-block`)).to.equal("10.0.0.0/16");
    expect(get(`${folder}/subnet-ipv4-cidr-block`)).to.equal("10.0.0.0/24");
    expect(get(`${folder}/ipv4-associations/3.4.5.6`)).to.equal("10.0.0.5");
    const document: unknown = JSON.parse(get("dynamic/instance-identity/document"));
    expect(document).to.include({
      accountId: "111111111111",
      instanceId: "i-0001",
      region: "us-east-1",
      privateIp: "10.0.0.5",
      pendingTime: "2026-01-02T03:04:05Z",
    });
  });

  it("answers 404 for what the instance does not have", () => {
    serve(instance());
    for (const path of [
      "iam/info",
      "public-ipv4",
      "public-keys/",
      "tags/instance",
      "spot/instance-action",
      "none",
    ]) {
      expect(status(`meta-data/${path}`), path).to.equal(404);
    }
    expect(status("user-data")).to.equal(404);
  });

  it("has user data, SSH key and tags", () => {
    const tags = { enabled: true, tokensRequired: true, hopLimit: 1, tags: true };
    serve(
      instance({
        userData: userData("#!/bin/sh\n"),
        keyName: "me",
        publicKey: "ssh-ed25519 AAAA me",
        metadata: tags,
        tags: { Name: "web", "a/b": "c" },
      }),
    );
    expect(get("user-data")).to.equal("#!/bin/sh\n");
    expect(get("meta-data/public-keys/")).to.equal("0=me");
    expect(get("meta-data/public-keys/0/")).to.equal("openssh-key");
    expect(get("meta-data/public-keys/0/openssh-key")).to.equal("ssh-ed25519 AAAA me");
    expect(get("meta-data/tags/instance/").split("\n")).to.include("Name");
    expect(get("meta-data/tags/instance/Name")).to.equal("web");
  });

  it("gives the role's credentials, and renews them before they end", () => {
    serve(instance({ role }));
    expect(get("meta-data/iam/security-credentials/")).to.equal("servers");
    const read = () => credentials.parse(JSON.parse(get("meta-data/iam/security-credentials/servers")));
    const first = read();
    expect(first).to.include({ Code: "Success", Type: "AWS-HMAC", AccessKeyId: "111111111111" });
    expect(Date.parse(first["Expiration"] ?? "") - now).to.equal(6 * 3_600_000);
    expect(read()).to.deep.equal(first);
    now += 3_600_000;
    expect(read()["Token"]).not.to.equal(first["Token"]);
    expect(JSON.parse(get("meta-data/iam/info"))).to.include({ InstanceProfileArn: role.profileArn });
  });
});
