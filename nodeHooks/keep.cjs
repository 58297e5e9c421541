"use strict";

const { mkdirSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/** A read-only folder or a full disk. The cache only saves time, so the run continues without it. */
const harmless = new Set(["EACCES", "EDQUOT", "ENOSPC", "EPERM", "EROFS"]);

/**
 * Writes a file of the cache, complete or not at all, because other processes may read it at the same time.
 *
 * @param {string} file
 * @param {string | Buffer} content
 */
exports.keep = function (file, content) {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && harmless.has(String(error.code)))) throw error;
    removeDraft(draft);
  }
};

/** @param {string} draft */
function removeDraft(draft) {
  try {
    rmSync(draft, { force: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && harmless.has(String(error.code)))) throw error;
  }
}
