import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { servePacks, type ServedPacks } from "../../../local/pulumi/policyPacks";
import { rejectionOf } from "../../support/rejection";

const repository = path.resolve(__dirname, "../../..");
const packFolder = (name: string) => path.join(repository, "policies", name);

describe("the policy packs of a run", function () {
  this.timeout(60_000);

  let folder: string;
  const served: ServedPacks[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "packs-"));
  });
  afterEach(async () => {
    for (const { stop } of served.splice(0)) stop();
    await rm(folder, { recursive: true });
  });

  it("are served with a port each, that the engine is told by an executable each", async () => {
    const packs = await servePacks([packFolder("guardrails"), packFolder("production")], folder);
    served.push(packs);
    const names = packs.packs.map(({ executable }) => path.basename(executable));
    expect(names).to.deep.equal(["guardrails", "production"]);
    const ports = await Promise.all(
      packs.packs.map(async ({ executable }) => Number((await promisify(execFile)(executable)).stdout)),
    );
    expect(new Set(ports)).to.have.property("size", 2);
    for (const port of ports) expect(port).to.be.within(1_024, 65_535);
  });

  it("may be none", async () => {
    expect((await servePacks([], folder)).packs).to.deep.equal([]);
  });

  it("are named when they do not start, with what they said", async () => {
    const broken = path.join(folder, "broken");
    await mkdir(broken);
    await writeFile(path.join(broken, "index.js"), 'throw new Error("no rules");');
    const message = await rejectionOf(servePacks([packFolder("guardrails"), broken], folder));
    expect(message).to.contain("The policy pack broken did not start: ").and.to.contain("no rules");
  });
});
