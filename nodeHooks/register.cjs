"use strict";
// Loaded with `node --require` before a command. It keeps compiled code between runs, lets Node.js read TypeScript, and
// delays the loading of modules that most runs never use.

const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { version } = require("sucrase/package.json");

const { keep } = require("./keep.cjs");
const { transpile } = require("./transpile.cjs");

const repository = path.resolve(__dirname, "..");
const cache = path.join(repository, ".local", "cache");
const kept = path.join(cache, `sucrase-${version}`);

// Node.js 22.1 and later.
if (typeof Module.enableCompileCache === "function") Module.enableCompileCache(path.join(cache, "compiled"));

/**
 * Removes the types, unchecked. A file that has not changed since an earlier run is read from the cache.
 *
 * @param {NodeJS.Module} module
 * @param {string} filename
 */
function loadTypeScript(module, filename) {
  const source = readFileSync(filename, "utf8");
  const hash = createHash("sha256")
    .update(`${version} ${process.version}\n${filename}\n${source}`)
    .digest("hex");
  // On the first line of the code, so that each line keeps its number.
  const mark = `/*${hash}*/`;
  const file = path.join(kept, `${path.relative(repository, filename).replaceAll(path.sep, "+")}.js`);
  compile(module, keptText(file, mark) ?? removeTypes(source, filename, file, mark), filename);
}

require.extensions[".ts"] = loadTypeScript;

if (process.env["WORDPRESS_ON_AWS_SPEED_PATCHES"] !== "off") {
  const command = commandOfThisRepository();
  if (command !== undefined) {
    require("../engine/patches/moduleArchive.ts").useArchive({
      file: path.join(cache, "modules", `${command.replaceAll(path.sep, "+")}-${version}`),
      packages: path.join(repository, "node_modules"),
    });
  }
  require("../engine/patches/lazyModules.ts");
}

/** @returns {string | undefined} the program of this process, if it is one of this repository */
function commandOfThisRepository() {
  const program = path.relative(repository, process.argv[1] ?? "");
  return program.endsWith(".ts") && !program.startsWith("..") ? program : undefined;
}

/**
 * @param {NodeJS.Module} module
 * @param {string} code
 * @param {string} filename
 */
function compile(module, code, filename) {
  // What every loader of TypeScript calls; its types leave it out.
  const { _compile } = /** @type {{ _compile?: unknown }} */ (/** @type {unknown} */ (module));
  if (typeof _compile !== "function") {
    throw new TypeError(
      `Node.js ${process.version} compiles modules in another way: see nodeHooks/register.cjs`,
    );
  }
  Reflect.apply(_compile, module, [code, filename]);
}

/**
 * @param {string} file
 * @param {string} mark
 * @returns {string | undefined} the code in the cache, if it comes from this source
 */
function keptText(file, mark) {
  try {
    const text = readFileSync(file, "utf8");
    return text.startsWith(mark) ? text : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * @param {string} source
 * @param {string} filename
 * @param {string} file
 * @param {string} mark
 * @returns {string} the code
 */
function removeTypes(source, filename, file, mark) {
  const text = mark + transpile(source, filename);
  keep(file, text);
  return text;
}
