import { expect } from "chai";

import { encryptedVolumes } from "../../../policies/guardrails/rules/encryptedVolumes";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { remediate } from "../support/judge";

const template = fixture("aws:ec2/launchTemplate:LaunchTemplate", "server", {
  blockDeviceMappings: [
    { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
    { deviceName: "/dev/sdb", noDevice: "true" },
    { deviceName: "/dev/sdc", virtualName: "ephemeral0" },
  ],
});
const server = fixture("aws:ec2/instance:Instance", "builder", {
  rootBlockDevice: { encrypted: true },
  ebsBlockDevices: [{ deviceName: "/dev/sdb", encrypted: true }],
});
const volume = fixture("aws:ebs/volume:Volume", "uploads", { encrypted: true });

describe("encrypted-volumes", () => {
  itPasses(encryptedVolumes, "encrypted volumes", template, server, volume);
  itPasses(
    encryptedVolumes,
    "the flag 1, which the provider accepts as true",
    spoil(template, { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "1" } }] }),
  );
  for (const encrypted of ["false", undefined]) {
    const good = { deviceName: "/dev/xvda", ebs: { encrypted: "true" } };
    const bad = { deviceName: "/dev/sdb", ebs: { encrypted } };
    itRefuses(
      encryptedVolumes,
      `a template's volume with encrypted ${String(encrypted)}`,
      spoil(template, { blockDeviceMappings: [good, bad] }),
      { at: "blockDeviceMappings[1].ebs.encrypted", value: encrypted, allowed: '"true"' },
    );
  }
  for (const blockDeviceMappings of [undefined, []]) {
    itRefuses(
      encryptedVolumes,
      `a template with ${blockDeviceMappings === undefined ? "no" : "empty"} mappings`,
      spoil(template, { blockDeviceMappings }),
      { at: "blockDeviceMappings[0].ebs.encrypted", value: undefined, allowed: '"true"' },
    );
  }
  for (const encrypted of [false, undefined]) {
    itRefuses(
      encryptedVolumes,
      `a root volume with encrypted ${String(encrypted)}`,
      spoil(server, { rootBlockDevice: { encrypted } }),
      { at: "rootBlockDevice.encrypted", value: encrypted, allowed: "true" },
    );
    itRefuses(
      encryptedVolumes,
      `a further volume with encrypted ${String(encrypted)}`,
      spoil(server, { ebsBlockDevices: [{ deviceName: "/dev/sdb", encrypted }] }),
      { at: "ebsBlockDevices[0].encrypted", value: encrypted, allowed: "true" },
    );
    itRefuses(
      encryptedVolumes,
      `a volume by itself with encrypted ${String(encrypted)}`,
      spoil(volume, { encrypted }),
      {
        at: "encrypted",
        value: encrypted,
        allowed: "true",
      },
    );
  }
  itRefuses(
    encryptedVolumes,
    "an instance without root volume settings",
    spoil(server, { rootBlockDevice: undefined }),
    { at: "rootBlockDevice.encrypted", value: undefined, allowed: "true" },
  );

  it("encrypts the volumes that a template declares", async () => {
    const blockDeviceMappings = [
      { deviceName: "/dev/xvda", ebs: { encrypted: "false", volumeSize: 8 } },
      { deviceName: "/dev/sdb", noDevice: "true" },
    ];
    expect(await remediate(encryptedVolumes, spoil(template, { blockDeviceMappings }))).to.deep.equal({
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 8 } },
        { deviceName: "/dev/sdb", noDevice: "true" },
      ],
    });
    expect(await remediate(encryptedVolumes, spoil(volume, { encrypted: false }))).to.deep.equal({
      encrypted: true,
    });
  });

  it("does not remediate an instance, whose volumes would be replaced", async () => {
    const changed = spoil(server, { rootBlockDevice: { encrypted: false } });
    expect(await remediate(encryptedVolumes, changed)).to.equal(undefined);
  });

  it("encrypts copies of snapshots, and volumes by default", async () => {
    const copy = fixture("aws:ebs/snapshotCopy:SnapshotCopy", "copy", { encrypted: false });
    expect(await remediate(encryptedVolumes, copy)).to.deep.equal({ encrypted: true });
    const byDefault = fixture("aws:ebs/encryptionByDefault:EncryptionByDefault", "all", { enabled: false });
    expect(await remediate(encryptedVolumes, byDefault)).to.deep.equal({ enabled: true });
  });

  it("adds no device to a template that declares none", async () => {
    expect(
      await remediate(encryptedVolumes, spoil(template, { blockDeviceMappings: undefined })),
    ).to.deep.equal({
      blockDeviceMappings: [],
    });
  });
});
