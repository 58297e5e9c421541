import { expect } from "chai";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { nodeProblem, packagesProblem } from "../../nodeHooks/requirements.cjs";

describe("what a command needs before it loads anything", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "requirements-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  for (const version of ["v12.22.9", "v18.19.0", "v20.18.1", "v0.10.48"]) {
    it(`refuses Node.js ${version} with what to install`, () => {
      expect(nodeProblem(version))
        .to.match(/this is v[\d.]+\.\nInstall Node\.js 24 /)
        .and.to.include(version);
    });
  }

  for (const version of ["v20.19.0", "v22.0.0", "v24.4.1", "v100.0.0", "v24.0.0-pre"]) {
    it(`takes Node.js ${version}`, () => {
      expect(nodeProblem(version)).to.equal(undefined);
    });
  }

  const install = async (names: readonly string[]) => {
    await writeFile(path.join(folder, "package.json"), '{"dependencies": {"a": "1.0.0", "@b/c": "1.0.0"}}');
    for (const name of names) {
      await mkdir(path.join(folder, "node_modules", name), { recursive: true });
      await writeFile(path.join(folder, "node_modules", name, "package.json"), "{}");
    }
  };

  it("asks for npm ci when no package is installed", async () => {
    await install([]);
    expect(packagesProblem(folder)).to.equal(
      `Packages are not installed in ${folder}/node_modules.\nRun npm ci, then run the command again.`,
    );
  });

  it("names the packages that an interrupted or older npm ci left out", async () => {
    await install(["a"]);
    expect(packagesProblem(folder)).to.match(/^Packages \(@b\/c\) are not installed /);
  });

  it("asks for nothing when all packages are installed", async () => {
    await install(["a", "@b/c"]);
    expect(packagesProblem(folder)).to.equal(undefined);
  });
});
