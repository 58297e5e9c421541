import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

/** A file that the browser loads. */
export interface Asset {
  readonly type: string;
  readonly body: string;
}

/** The page's files, by their path below `/assets/`. */
export interface Assets {
  readonly get: (name: string) => Asset | undefined;
  readonly html: (title: string) => string;
  /** Changes with any of the files. */
  readonly version: string;
}

const pageFolder = path.resolve(__dirname, "..");

/** Modules of the page, and those that it shares with the server. Only these are served. */
const modules = [
  "browser/main.ts",
  "browser/dom.ts",
  "browser/connection.ts",
  "browser/format.ts",
  "browser/header.ts",
  "browser/capacity.ts",
  "browser/servers.ts",
  "browser/charts.ts",
  "browser/chart.ts",
  "browser/timeline.ts",
  "browser/panels.ts",
  "browser/mailbox.ts",
  "browser/actions.ts",
  "browser/icons.ts",
  "browser/news.ts",
  "model/format.ts",
  "model/standing.ts",
  "model/summary.ts",
] as const;

/** The browser gets the project's TypeScript without its types, so that there is nothing to build. */
export async function browserScripts(folder: string): Promise<(name: string) => string> {
  // Late: most runs never open a page.
  const { transform } = await import("sucrase");
  return (name) => {
    const source = readFileSync(path.join(folder, name), "utf8");
    const { code } = transform(source, {
      transforms: ["typescript"],
      disableESTransforms: true,
      filePath: name,
    });
    return code;
  };
}

/** Loads the files of the page of one stack. */
export async function loadAssets(): Promise<Assets> {
  const script = await browserScripts(pageFolder);
  const scriptOf = (name: string) => script(name).replaceAll('from "uplot"', 'from "/assets/uPlot.js"');
  const files = new Map<string, Asset>([
    ...modules.map((name): [string, Asset] => [name, { type: "text/javascript", body: scriptOf(name) }]),
    [
      "page.css",
      { type: "text/css", body: readFileSync(path.join(pageFolder, "browser", "page.css"), "utf8") },
    ],
    [
      "icon.svg",
      { type: "image/svg+xml", body: readFileSync(path.join(pageFolder, "browser", "icon.svg"), "utf8") },
    ],
    ["uPlot.js", { type: "text/javascript", body: chartLibrary("uPlot.esm.js") }],
    ["uPlot.css", { type: "text/css", body: chartLibrary("uPlot.min.css") }],
  ]);
  const page = readFileSync(path.join(pageFolder, "browser", "index.html"), "utf8");
  const hash = createHash("sha256").update(page);
  for (const { body } of files.values()) hash.update(body);
  return {
    get: (name) => files.get(name),
    html: (title) => page.replaceAll("{{title}}", () => escaped(title)),
    version: hash.digest("hex").slice(0, 16),
  };
}

function chartLibrary(file: string): string {
  return readFileSync(path.join(path.dirname(require.resolve("uplot/package.json")), "dist", file), "utf8");
}

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
