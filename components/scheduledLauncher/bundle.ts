import type { BuildOptions } from "esbuild";
import path from "node:path";

/** The Lambda runtime that the bundle is built for. */
export const runtime = "nodejs24.x";

export const repository = path.join(__dirname, "..", "..");

/**
 * How the function's code becomes one file. The AWS SDK's EC2 client is part of it, in the tested version, as the
 * version that Lambda's runtime brings changes without a deployment.
 */
export const bundleOptions = {
  bundle: true,
  write: false,
  platform: "node",
  target: "node24",
  format: "cjs",
  // The packages' ES modules: esbuild removes unused code only from those.
  mainFields: ["module", "main"],
  // Without it the code contains paths of source files, and another folder would change the function's hash.
  minify: true,
  // Stack traces show the names of functions and classes.
  keepNames: true,
  legalComments: "none",
} as const satisfies BuildOptions;

/**
 * The function's code as one JavaScript file.
 * @param root the folder that contains `lambda` and `node_modules`.
 */
export async function bundleHandler(root = repository): Promise<string> {
  // Loaded only for a build: most runs find the code in the cache.
  const { build } = await import("esbuild");
  const entry = path.join(root, "lambda", "handler.ts");
  const { outputFiles } = await build({ ...bundleOptions, entryPoints: [entry], absWorkingDir: root });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild built no file from ${entry}`);
  return file.text;
}
