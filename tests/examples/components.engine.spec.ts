import { expect } from "chai";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

import { buildComponentsPackage, packComponents } from "../../tools/componentsPackage/build";
import { componentsPackageName } from "../../tools/componentsPackage/manifest";
import { type CliProject, diagnosticsOf, type Ended, openCliProject } from "../support/officialCli";
import { repository } from "../support/repositoryFiles";

const run = promisify(execFile);
const guardrails = ["--policy-pack", path.join(repository, "policies/guardrails")];
const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** The examples in TypeScript, as projects of their own that have the package of the components. */
describe("the components' package in another project", () => {
  let cli: CliProject;
  let parent: string;
  let archive: string;
  let complete: string;
  let fleetOnly: string;

  before(async () => {
    cli = await openCliProject("360000000019");
    parent = await mkdtemp(path.join(tmpdir(), "examples-"));
    const built = path.join(parent, "package", componentsPackageName);
    await buildComponentsPackage(built);
    archive = await packComponents(built);
    complete = await install("complete");
    fleetOnly = await install("typescript");
  });
  after(async () => {
    await cli.close();
    await rm(parent, { recursive: true });
  });

  /**
   * Copies an example, and installs the archive and what the two manifests list, as `npm install` does, without its
   * downloads. A dependency that no manifest lists is not found.
   */
  async function install(name: string): Promise<string> {
    const folder = path.join(parent, name);
    await cp(path.join(repository, "examples", name), folder, { recursive: true });
    const modules = path.join(folder, "node_modules");
    const ours = path.join(modules, componentsPackageName);
    await mkdir(ours, { recursive: true });
    await run("tar", ["-xzf", archive, "--strip-components=1", "-C", ours]);
    const manifests = await Promise.all([manifestOf(folder), manifestOf(ours)]);
    const needed = manifests.flatMap(({ dependencies, devDependencies }) => [
      ...Object.keys(dependencies),
      ...Object.keys(devDependencies),
    ]);
    for (const dependency of new Set(needed)) {
      if (dependency === componentsPackageName) continue;
      await mkdir(path.dirname(path.join(modules, dependency)), { recursive: true });
      await symlink(path.join(repository, "node_modules", dependency), path.join(modules, dependency));
    }
    return folder;
  }

  async function manifestOf(folder: string) {
    return manifest.parse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")));
  }

  /** Compiles as `npx tsc` does. @throws Error when a type is wrong */
  const build = (folder: string) =>
    run(process.execPath, [path.join(folder, "node_modules/typescript/bin/tsc")], { cwd: folder });

  async function pulumi(folder: string, ...words: readonly string[]): Promise<Ended> {
    const ended = await cli.pulumi(words, folder);
    expect(ended.status, ended.output).to.equal(0);
    expect(diagnosticsOf(ended)).not.to.match(/error|warning/);
    return ended;
  }

  async function create(folder: string, ...packs: readonly string[]): Promise<void> {
    await pulumi(folder, "up", "--stack", "dev", "--yes", "--skip-preview", ...packs);
  }

  const isUnchanged = (folder: string) => pulumi(folder, "preview", "--stack", "dev", "--expect-no-changes");

  it("contains code, types, servers' files and documents, and nothing of the emulator, policies and tests", async () => {
    const { stdout } = await run("tar", ["-tzf", archive]);
    const files = stdout.trim().split("\n");
    const top = new Set(files.map((file) => file.split("/").slice(0, 2).join("/")));
    expect([...top].sort()).to.deep.equal([
      ...["CHANGELOG.md", "LICENSE", "README.md", "components", "docs", "lambda", "package.json"].map(
        (name) => `package/${name}`,
      ),
    ]);
    expect(files).to.include("package/components/index.d.ts");
    expect(files).to.include("package/lambda/handler.bundle.js");
    expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).to.deep.equal([]);
  });

  it("builds the complete example, which keeps the guardrails and does not change again", async () => {
    await build(complete);
    await pulumi(complete, "stack", "init", "dev");
    await pulumi(complete, "config", "set", "aws:region", "us-east-1", "--stack", "dev");
    await create(complete, ...guardrails);
    await isUnchanged(complete);
  });

  it("adds a fleet to an existing network and database", async () => {
    const { output: existing } = await pulumi(
      complete,
      "stack",
      "output",
      "existing",
      "--json",
      "--stack",
      "dev",
    );
    await build(fleetOnly);
    await pulumi(fleetOnly, "stack", "init", "dev");
    await pulumi(fleetOnly, "config", "set", "aws:region", "us-east-1", "--stack", "dev");
    await pulumi(fleetOnly, "config", "set", "existing", existing.trim(), "--stack", "dev");
    await create(fleetOnly, ...guardrails, "--policy-pack-config", "policies.json");
    await isUnchanged(fleetOnly);
    const { output } = await pulumi(fleetOnly, "stack", "--show-urns", "--stack", "dev");
    expect(output).to.include("wordpress:fleet:WordPressFleet").and.not.include("aws:rds/instance");
  });

  it("destroys the fleet and leaves what existed", async () => {
    await pulumi(fleetOnly, "destroy", "--stack", "dev", "--yes", "--skip-preview");
    await isUnchanged(complete);
    await pulumi(complete, "destroy", "--stack", "dev", "--yes", "--skip-preview");
  });
});
