"use strict";

/**
 * Removes the types of TypeScript, unchecked. Each line keeps its number, so traces need no source map.
 *
 * @param {string} source
 * @param {string} filename
 * @returns {string} the code
 */
exports.transpile = function (source, filename) {
  // Loaded late: a file in the cache needs no Sucrase.
  const { transform } = require("sucrase");
  return transform(source, {
    transforms: ["typescript", "imports"],
    // Node.js reads all else.
    disableESTransforms: true,
    filePath: filename,
  }).code;
};
