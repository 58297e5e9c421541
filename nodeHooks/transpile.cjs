"use strict";

/**
 * Removes the types of TypeScript, unchecked, and ends the code with its source map.
 *
 * @param {string} source
 * @param {string} filename
 * @returns {string} the code
 */
exports.transpile = function (source, filename) {
  // Loaded late: a file in the cache needs no esbuild.
  const { code } = require("esbuild").transformSync(source, {
    format: "cjs",
    loader: "ts",
    sourcefile: filename,
    sourcemap: "inline",
    // Node's own import() does not read TypeScript; as a late require() it does.
    supported: { "dynamic-import": false },
    target: `node${process.versions.node}`,
  });
  return code;
};
