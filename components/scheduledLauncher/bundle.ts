import { build } from "esbuild";
import path from "node:path";

/** Where the function's code starts. */
const entry = path.join(__dirname, "..", "..", "lambda", "handler.ts");

/** The runtime that the bundle is made for. */
export const runtime = "nodejs24.x";

let code: Promise<string> | undefined;

/** {@link bundleHandler}, once in this process: a check and its update, and all stacks of a class, get the same. */
export function handlerCode(): Promise<string> {
  code ??= bundleHandler();
  return code;
}

/**
 * The function's code as one file of JavaScript, made anew at every run, so that what is deployed is what stands
 * in the folder. The parts of the AWS SDK that it uses are in it, at the version that was tested.
 */
export async function bundleHandler(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    target: "node24",
    format: "cjs",
    // The packages' ES modules: of those, esbuild leaves out what is not used.
    mainFields: ["module", "main"],
    // Names stay, so that a stack trace says something.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild made no file from ${entry}`);
  return file.text;
}
