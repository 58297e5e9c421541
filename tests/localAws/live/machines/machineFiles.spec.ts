import { expect } from "chai";
import { gunzipSync, gzipSync } from "node:zlib";

import { machineFiles } from "../../../../localAws/live/machines/machineFiles";
import { resolverOf } from "../../../../localAws/live/machines/machines";
import { seedUserData } from "../../../../localAws/live/machines/userData";
import { instance, userData } from "./support/worlds";

const settings = { region: "eu-west-1", resolver: "10.0.0.2", trusted: "REGION\n" };

function contents(rest: Parameters<typeof instance>[0], diversions = "") {
  const files = machineFiles(
    { ...settings, instance: instance(rest) },
    { authorities: "DEBIAN\n", diversions },
  );
  return new Map(files.map((file) => [file.path, "link" in file ? `-> ${file.link}` : String(file.content)]));
}

describe("the files of a machine beside its disk", () => {
  it("have its identity, user data and the VPC's resolver", () => {
    const files = contents({ publicKey: "ssh-ed25519 AAAA", userData: userData("#!/bin/sh\n") });
    expect(JSON.parse(files.get("var/lib/cloud/seed/nocloud/meta-data") ?? "")).to.deep.equal({
      "instance-id": "i-0001",
      "local-hostname": "ip-10-0-0-5.eu-west-1.compute.internal",
      "public-keys": ["ssh-ed25519 AAAA"],
    });
    expect(files.get("var/lib/cloud/seed/nocloud/user-data")).to.equal("#!/bin/sh\n");
    expect(files.get("etc/resolv.conf")).to.equal("nameserver 10.0.0.2\nsearch eu-west-1.compute.internal\n");
  });

  it("add the region's authority to those that Debian trusts", () => {
    expect(contents({}).get("etc/ssl/certs/ca-certificates.crt")).to.equal("DEBIAN\nREGION\n");
  });

  it("register the replaced NFS helper with dpkg, once", () => {
    const first = contents({}, "/a\n/a.distrib\n:\n").get("var/lib/dpkg/diversions");
    expect(first).to.equal("/a\n/a.distrib\n:\n/usr/sbin/mount.nfs4\n/usr/sbin/mount.nfs4.distrib\n:\n");
    expect(contents({}, first).get("var/lib/dpkg/diversions")).to.equal(first);
  });

  it("mask the units that wait for hardware", () => {
    expect(contents({}).get("etc/systemd/system/systemd-firstboot.service")).to.equal("-> /dev/null");
  });
});

describe("the user data in a machine's seed", () => {
  const config = (path: string) =>
    gzipSync(
      `#cloud-config\n${JSON.stringify({ write_files: [{ path, content: "RDS\n", permissions: "0644" }] })}`,
    );

  it("differs from the instance's only in the authorities of the database", () => {
    const seed = gunzipSync(
      seedUserData(config("/etc/wordpress-on-aws/database-ca.pem"), "REGION\n"),
    ).toString();
    expect(JSON.parse(seed.replace("#cloud-config\n", ""))).to.deep.equal({
      write_files: [
        { path: "/etc/wordpress-on-aws/database-ca.pem", content: "RDS\nREGION\n", permissions: "0644" },
      ],
    });
  });

  for (const [what, data] of Object.entries({
    "a script": Buffer.from("#!/bin/sh\n"),
    "other files": config("/etc/other"),
    "cloud-config that is no JSON": Buffer.from("#cloud-config\npackages: [nginx]\n"),
    "bytes that only look compressed": Buffer.from([0x1f, 0x8b, 1, 2]),
  })) {
    it(`is the instance's own: ${what}`, () => {
      expect(seedUserData(data, "REGION\n")).to.deep.equal(data);
    });
  }
});

describe("a VPC's resolver", () => {
  it("has the third address of the range", () => {
    expect(resolverOf("10.20.0.0/16")).to.equal("10.20.0.2");
    expect(resolverOf("172.31.240.16/28")).to.equal("172.31.240.18");
  });
});
