import { expect } from "chai";

import { fileSystemInEachZone } from "../../../policies/guardrails/rules/fileSystemInEachZone";
import { firstPreviewWithAwsx } from "../support/awsx";
import { expectViolation, itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, unknown } from "../support/fixture";
import { judgeStack, passed } from "../support/judge";
import { privateSubnets, site } from "../support/site";

const uploads = among(fixture("aws:efs/fileSystem:FileSystem", "uploads", { encrypted: true }), {});
const mountTarget = (name: string, subnets: typeof privateSubnets, of = uploads) =>
  among(fixture("aws:efs/mountTarget:MountTarget", name, { fileSystemId: unknown, subnetId: unknown }), {
    fileSystemId: [of],
    subnetId: subnets,
  });
const [first, second] = privateSubnets.map((subnet, index) => mountTarget(String(index), [subnet]));
if (first === undefined || second === undefined) throw new Error("the site has no two private subnets");

const refused = { of: uploads, at: "its mount targets", allowed: "one in each of us-east-1a, us-east-1b" };

describe("file-system-in-each-zone", () => {
  itPassesStack(fileSystemInEachZone, "no file system", site);
  itPassesStack(fileSystemInEachZone, "a mount target in each zone", [...site, uploads, first, second]);
  it("passes two mount targets in unknown subnets: EFS allows one in a zone", async () => {
    const stack = [
      ...site,
      uploads,
      mountTarget("one", privateSubnets),
      mountTarget("other", privateSubnets),
    ];
    expect(await judgeStack(fileSystemInEachZone, stack)).to.deep.equal(passed);
    expect(await judgeStack(fileSystemInEachZone, firstPreviewWithAwsx(stack))).to.deep.equal(passed);
  });
  itRefusesStack(fileSystemInEachZone, "a mount target in one zone", [...site, uploads, second], {
    ...refused,
    value: "none in us-east-1a",
  });
  const either = [...site, uploads, mountTarget("one", privateSubnets)];
  it("refuses one mount target in one of two zones", async () => {
    const verdict = await judgeStack(fileSystemInEachZone, either);
    expectViolation(verdict, { ...refused, value: "1 of them" });
  });
  itAwaitsUpdate(
    fileSystemInEachZone,
    "one mount target if the fleet's zones are unknown",
    firstPreviewWithAwsx(either),
    "vpcZoneIdentifiers",
  );
  const other = among(fixture("aws:efs/fileSystem:FileSystem", "other", { encrypted: true }), {});
  itRefusesStack(
    fileSystemInEachZone,
    "mount targets of another file system",
    [
      ...site,
      uploads,
      other,
      ...privateSubnets.map((subnet, index) => mountTarget(`${String(index)}-other`, [subnet], other)),
    ],
    { ...refused, value: "none in us-east-1a, us-east-1b" },
  );
});
