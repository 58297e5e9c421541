// Serves a pack from its TypeScript: all of its files as one, stripped of their types, in memory. A tenth of a
// second sooner than file by file, and no build folder that could go stale.
const { PolicyPack } = require("@pulumi/policy");
const { buildSync } = require("esbuild");
const Module = require("node:module");
const path = require("node:path");

/** @param {string} folder the pack's, with its `pack.ts` */
module.exports = function servePack(folder) {
  const entry = path.join(folder, "pack.ts");
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    format: "cjs",
    packages: "external",
    platform: "node",
    sourcemap: "inline",
    target: `node${process.versions.node}`,
    write: false,
  });
  const pack = new Module(entry, module);
  pack.filename = entry;
  pack.paths = Module._nodeModulePaths(folder);
  pack._compile(outputFiles[0].text, entry);
  const { name, displayName, description, rules } = pack.exports.default;
  new PolicyPack(name, { displayName, description, provider: "aws", policies: rules });
};
