import { readFileSync } from "node:fs";
import path from "node:path";

import { browserScripts, escaped, type Asset } from "../../localAws/live/page/server/assets";
import type { Labels } from "./model";

const repository = path.resolve(__dirname, "../..");
const folder = "students/watch/browser";
const shared = "localAws/live/page/browser";

const scripts = [`${folder}/main.ts`, `${folder}/tile.ts`, `${shared}/dom.ts`, `${shared}/icons.ts`] as const;

const others = [
  [`${folder}/class.css`, "text/css"],
  [`${shared}/page.css`, "text/css"],
  [`${shared}/icon.svg`, "image/svg+xml"],
] as const;

/** The files of the class's page, by their path in the repository. Only these are served. */
export async function loadClassAssets(): Promise<ReadonlyMap<string, Asset>> {
  const script = await browserScripts(repository);
  return new Map([
    ...scripts.map((name): [string, Asset] => [name, { type: "text/javascript", body: script(name) }]),
    ...others.map(([name, type]): [string, Asset] => [name, { type, body: textOf(name) }]),
  ]);
}

export function classHtml({ language, title, students }: Labels): string {
  return textOf(`${folder}/index.html`)
    .replaceAll("{{language}}", language)
    .replaceAll("{{skip}}", () => escaped(students))
    .replaceAll("{{title}}", () => escaped(title));
}

function textOf(name: string): string {
  return readFileSync(path.join(repository, name), "utf8");
}
