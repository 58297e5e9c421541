import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { stackPrice } from "../../../gate/price/price";
import { isRevision } from "../../../gate/price/revision";
import { shippedRun } from "../../support/shippedRun";

const repository = path.resolve(__dirname, "../../..");

describe("the price of a stack's settings", () => {
  let folder: string;
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], { cwd: folder });
  const change = async (from: string, to: string) => {
    const file = path.join(folder, "Pulumi.prod.yaml");
    const text = await readFile(file, "utf8");
    expect(text).to.contain(from);
    await writeFile(file, text.replace(from, to));
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "price-"));
    for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml"])
      await cp(path.join(repository, file), path.join(folder, file));
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("is what the program's output says, and has no difference without a change", async () => {
    const price = await stackPrice(folder, "prod", { revision: "HEAD" });
    const { outputs } = await shippedRun("prod");
    expect(price?.dollarsPerMonth).to.equal(outputs.estimatedDollarsPerMonth);
    expect(price?.before).to.deep.equal({ of: "HEAD", dollarsPerMonth: price?.dollarsPerMonth });
    expect(price?.differences).to.deep.equal([]);
  });

  it("differs by the parts that a change of the settings adds and removes", async () => {
    const before = (await stackPrice(folder, "prod", { revision: "HEAD" }))?.dollarsPerMonth ?? 0;
    await change("natGateways: perAz", "natGateways: single");
    const price = await stackPrice(folder, "prod", { revision: "HEAD" });
    // A gateway with its address: ($0.045 + $0.005) x 730 hours.
    expect(price?.dollarsPerMonth).to.be.closeTo(before - 36.5, 0.011);
    expect(price?.before?.dollarsPerMonth).to.equal(before);
    expect(price?.differences).to.deep.equal([
      { part: "NAT gateways", dollarsPerMonth: -73 },
      { part: "NAT gateway", dollarsPerMonth: 36.5 },
    ]);
    await change("natGateways: single", "natGateways: perAz");
  });

  it("is compared with the price of what is deployed", async () => {
    const price = await stackPrice(folder, "prod", { deployed: 100.126 });
    expect(price?.before).to.deep.equal({ of: "deployed", dollarsPerMonth: 100.13 });
    expect((await stackPrice(folder, "prod", { deployed: undefined }))?.before).to.equal(undefined);
  });

  it("has nothing to compare with in a new file, and before Git", async () => {
    await cp(path.join(folder, "Pulumi.prod.yaml"), path.join(folder, "Pulumi.new.yaml"));
    const added = await stackPrice(folder, "new", { revision: "HEAD" });
    expect(added?.dollarsPerMonth).to.be.greaterThan(0);
    expect(added?.before).to.equal(undefined);
    expect((await stackPrice(folder, "prod", { revision: "no-such" }))?.before).to.equal(undefined);
    expect(await isRevision("no-such", folder)).to.equal(false);
    expect(await isRevision("HEAD", folder)).to.equal(true);
    expect(await isRevision("--all", folder)).to.equal(false);
  });

  it("is not known for a stack without a file, or with wrong settings", async () => {
    expect(await stackPrice(folder, "none", { revision: "HEAD" })).to.equal(undefined);
    await change("min: 2", "min: 99");
    expect(await stackPrice(folder, "prod", { revision: "HEAD" })).to.equal(undefined);
  });
});
