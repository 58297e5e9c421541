"use strict";

const { mkdirSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/** A folder that may not be written to, or a full disk: what is kept only saves time, and a run goes on without. */
const harmless = new Set(["EACCES", "EDQUOT", "ENOSPC", "EPERM", "EROFS"]);

/** Keeps a file for later processes: whole or not at all, as others may read it at this moment. */
exports.keep = function (file, content) {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch (error) {
    if (!harmless.has(error.code)) throw error;
  }
};
