"use strict";
// Loaded before everything else, this makes a process with Pulumi's packages in it start in a third of the time:
// compiled code is kept between runs where Node can (22.1 and later), so is TypeScript without its types, and
// modules that most runs never use wait for their first use.

const { version } = require("esbuild/package.json");
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const { keepCompiledCode } = require("./compileCache.cjs");
const { keep } = require("./keep.cjs");

/** TypeScript's compiler and npm's tree builder, 1,000 files that only serialised functions need. */
const packages = new Set(["typescript", "@npmcli/arborist", "normalize-package-data"]);
/**
 * 230 AWS services, of which a program uses a dozen: each is a module of these. The others are no services: the
 * index copies their members (`aws.Provider`, `Tags`), which a module that waits does not have.
 */
const indexes = /[\\/]@pulumi[\\/]awsx?[\\/]index\.js$/;
const service = /^\.\/(?!provider$|tags$|types$|utilities$|utils$)[a-z\d]+$/;

function isLazy(request, parent) {
  return packages.has(request) || (service.test(request) && indexes.test(parent?.filename ?? ""));
}

const load = Module._load;
Module._load = function (request, parent, isMain) {
  if (!isLazy(request, parent)) return load.call(this, request, parent, isMain);
  let loaded;
  const use = () => (loaded ??= load.call(this, request, parent, isMain));
  return new Proxy(
    {},
    {
      // Says so without being asked, or TypeScript's import helper would copy every member, and so load it.
      get: (_, key) => (key === "__esModule" ? true : use()[key]),
      has: (_, key) => key in use(),
      set: (_, key, value) => Reflect.set(use(), key, value),
    },
  );
};

const repository = path.resolve(__dirname, "..");
const cache = path.join(repository, ".local", "cache");
const kept = path.join(cache, `esbuild-${version}`);

// Traces name the lines of TypeScript.
process.setSourceMapsEnabled(true);

if (Module.enableCompileCache !== undefined) Module.enableCompileCache(path.join(cache, "compiled"));
else keepCompiledCode(path.join(cache, "compiled"));

/** TypeScript is stripped of its types, unchecked; a file that has not changed since is not stripped again. */
Module._extensions[".ts"] = function (module, filename) {
  const source = readFileSync(filename, "utf8");
  // On the first line of the code: source maps count lines.
  const mark = `/*${createHash("sha256").update(`${version} ${process.version}\n${filename}\n${source}`).digest("hex")}*/`;
  const file = path.join(kept, `${path.relative(repository, filename).replaceAll(path.sep, "+")}.js`);
  module._compile(keptText(file, mark) ?? strip(source, filename, file, mark), filename);
};
// Policy packs ask for it: they bundle themselves where TypeScript would be checked as it is loaded.
Module._extensions[".ts"].stripsTypesOnly = true;

/** The text that is kept, if it was made of this very source. */
function keptText(file, mark) {
  try {
    const text = readFileSync(file, "utf8");
    return text.startsWith(mark) ? text : undefined;
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function strip(source, filename, file, mark) {
  const { code } = require("esbuild").transformSync(source, {
    format: "cjs",
    loader: "ts",
    sourcefile: filename,
    sourcemap: "inline",
    // `import()` of Node itself knows no TypeScript.
    supported: { "dynamic-import": false },
    target: `node${process.versions.node}`,
  });
  const text = mark + code;
  keep(file, text);
  return text;
}
