"use strict";
// Keeps V8's compiled code of packages between runs, where Node cannot do so itself (it can from 22.1 on): loading
// Pulumi's packages then takes half as long. Own sources are left to Node, which knows their source maps.

const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { deserialize, serialize } = require("node:v8");
const { Script } = require("node:vm");

const { keep } = require("./keep.cjs");

const packages = `${path.sep}node_modules${path.sep}`;

/**
 * @param {string} folder where the code is kept, a file for each program
 */
exports.keepCompiledCode = function (folder) {
  const file = path.join(folder, `${digest(`${process.version} ${process.arch} ${process.argv[1]}`)}.v8`);
  const kept = read(file);
  const fresh = new Map();

  const compileByNode = Module.prototype._compile;
  Module.prototype._compile = function (source, filename, format) {
    // What imports modules as it runs would not find them: kept code has lost where it came from.
    if (format === "module" || !filename.includes(packages) || /\bimport\s*\(/.test(source)) {
      return compileByNode.call(this, source, filename, format);
    }
    const mark = digest(source);
    const known = kept.get(filename);
    const script = new Script(Module.wrap(source.replace(/^#!.*/, "")), {
      filename,
      ...(known?.mark === mark ? { cachedData: known.code } : {}),
    });
    if (known?.mark !== mark || script.cachedDataRejected) fresh.set(filename, { mark, script });
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, filename, path.dirname(filename));
  };

  // By then V8 has also compiled what was called.
  process.on("exit", () => {
    if (fresh.size > 0) write(file, kept, fresh);
  });
};

/** A module's own `require`, as Node gives it. */
function requireOf(module) {
  const require = (request) => module.require(request);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

function digest(text) {
  return createHash("sha1").update(text).digest("base64url");
}

function read(file) {
  try {
    return deserialize(readFileSync(file));
  } catch {
    // None yet, or one that another version of Node wrote: it is only a cache.
    return new Map();
  }
}

function write(file, kept, fresh) {
  for (const [filename, { mark, script }] of fresh)
    kept.set(filename, { mark, code: script.createCachedData() });
  keep(file, serialize(kept));
}
