import { expect } from "chai";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { bundleHandler, repository } from "../../../components/scheduledLauncher/bundle";
import { bundledFile, readyFile } from "../../../components/scheduledLauncher/handlerFile";
import { rejectionOf } from "../../support/rejection";

describe("the file of the function's code", () => {
  let root = "";

  /** A copy of what the code is built from, with a list of installed packages of its own. */
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "launcher-"));
    await cp(path.join(repository, "lambda"), path.join(root, "lambda"), { recursive: true });
    await cp(path.join(repository, "tsconfig.json"), path.join(root, "tsconfig.json"));
    await mkdir(path.join(root, "node_modules"));
    for (const name of await readdir(path.join(repository, "node_modules"))) {
      if (!name.startsWith("."))
        await symlink(path.join(repository, "node_modules", name), path.join(root, "node_modules", name));
    }
    await writeFile(path.join(root, "node_modules", ".package-lock.json"), "{}");
  });
  afterEach(() => rm(root, { recursive: true }));

  const files = () => readdir(path.join(root, ".local", "cache", "launcher"));

  it("contains the bundle", async () => {
    expect(await readFile(await bundledFile(root), "utf8")).to.equal(await bundleHandler());
  });

  it("is the one that a package brings, which has nothing to build it from", async () => {
    await rm(path.join(root, "node_modules"), { recursive: true });
    await writeFile(readyFile(root), "built for the package");
    expect(await bundledFile(root)).to.equal(readyFile(root));
  });

  it("is not built again while nothing changes", async () => {
    const file = await bundledFile(root);
    await writeFile(file, "built before");
    expect(await bundledFile(root)).to.equal(file);
    expect(await readFile(file, "utf8")).to.equal("built before");
  });

  it("is another one when a source file or an installed package changes", async () => {
    const first = await bundledFile(root);
    await appendFile(path.join(root, "lambda", "handler.ts"), '\nprocess.stdout.write("changed");\n');
    const second = await bundledFile(root);
    expect(await readFile(second, "utf8")).to.contain('process.stdout.write("changed")');
    await writeFile(path.join(root, "node_modules", ".package-lock.json"), '{"packages":{}}');
    const third = await bundledFile(root);
    expect(new Set([first, second, third])).to.have.property("size", 3);
  });

  it("is built from the code itself when npm's list of installed packages is missing", async () => {
    await rm(path.join(root, "node_modules", ".package-lock.json"));
    const first = await bundledFile(root);
    expect(await bundledFile(root)).to.equal(first);
    await appendFile(path.join(root, "lambda", "handler.ts"), '\nprocess.stdout.write("changed");\n');
    expect(await bundledFile(root)).not.to.equal(first);
  });

  it("is refused with one sentence and what to do when its folder is not writable", async () => {
    await mkdir(path.join(root, ".local"));
    await writeFile(path.join(root, ".local", "cache"), "no folder");
    const problem = await rejectionOf(bundledFile(root));
    expect(problem).to.match(
      /^The launcher's code cannot be written: E\w+: .+\nMake .+launcher writable, or free/,
    );
  });

  it("is written whole when runs start at the same moment", async () => {
    const paths = await Promise.all([bundledFile(root), bundledFile(root), bundledFile(root)]);
    expect(new Set(paths)).to.have.property("size", 1);
    expect(await files()).to.have.lengthOf(1);
  });
});
