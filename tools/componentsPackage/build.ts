import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

import { bundleHandler } from "../../components/scheduledLauncher/bundle";
import { readyFile } from "../../components/scheduledLauncher/handlerFile";
import { packageManifest } from "./manifest";

const run = promisify(execFile);
const repository = path.resolve(__dirname, "../..");
const provider = "components/wordpressFleet/goldenImage/provider/pulumi-resource-golden-image";

/** Files in the components' folders that are no TypeScript and that a program does not read. */
const unread = (file: string) => file.endsWith(".md") || file.endsWith(".ts");

/**
 * Writes the components as a package that does not need the repository: JavaScript, types, the servers' files, the
 * launcher's code, the provider and the documents.
 *
 * @param into the package's folder. Its content is replaced.
 */
export async function buildComponentsPackage(into: string): Promise<void> {
  await rm(into, { recursive: true, force: true });
  await compile(into);
  for (const file of await filesIn(path.join(repository, "components"))) {
    if (unread(file)) continue;
    await copyInto(into, path.join("components", file), path.join("components", file));
  }
  await chmod(path.join(into, provider), 0o755);
  await mkdir(path.dirname(readyFile(into)), { recursive: true });
  await writeFile(readyFile(into), await bundleHandler());
  await writeDocuments(into);
  const code = await Promise.all(
    (await filesIn(into))
      .filter((file) => file.startsWith("components/") && /\.(js|d\.ts)$/.test(file))
      .map((file) => readFile(path.join(into, file), "utf8")),
  );
  const own: unknown = JSON.parse(await readFile(path.join(repository, "package.json"), "utf8"));
  await writeFile(
    path.join(into, "package.json"),
    `${JSON.stringify(packageManifest(own, code), undefined, 2)}\n`,
  );
}

/**
 * Writes the package's archive beside its folder, as `npm pack` does.
 *
 * @returns the file, which `npm install FILE` takes
 */
export async function packComponents(folder: string): Promise<string> {
  const into = path.dirname(folder);
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", into, folder]);
  const [{ filename }] = z.tuple([z.object({ filename: z.string() })]).parse(JSON.parse(stdout));
  return path.join(into, filename);
}

/** @throws Error with the compiler's messages */
async function compile(into: string): Promise<void> {
  const compiler = path.join(repository, "node_modules/typescript7/bin/tsc");
  // Of a name that editors and ESLint do not look for: each would read all types once more.
  const project = path.join(__dirname, "tsconfig.package.json");
  await run(process.execPath, [compiler, "--project", project, "--outDir", into]);
}

async function writeDocuments(into: string): Promise<void> {
  const page = await readFile(path.join(repository, "docs/package.md"), "utf8");
  await writeFile(path.join(into, "README.md"), readmeOf(page));
  await copyInto(into, "docs/settings.md", "docs/settings.md");
  for (const name of ["CHANGELOG.md", "LICENSE"]) await copyInto(into, name, name);
}

/** The page as the package's README: links to pages of the package begin at its root, others are only text. */
function readmeOf(page: string): string {
  return page
    .replaceAll("](settings.md", "](docs/settings.md")
    .replaceAll(/\[([^\]]+)\]\((?!docs\/settings\.md|https?:)[^)]+\)/g, "$1");
}

async function copyInto(into: string, from: string, to: string): Promise<void> {
  await mkdir(path.dirname(path.join(into, to)), { recursive: true });
  await copyFile(path.join(repository, from), path.join(into, to));
}

/** The files below a folder, relative to it, in order. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
