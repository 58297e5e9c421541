"use strict";
// Checks Node.js and the installed packages before anything else is loaded: the scripts of package.json require it
// first, as an older Node.js cannot even read the other files. It must run on the Node.js that it
// refuses, and without packages: its syntax is that of Node.js 6, and it loads Node's own modules only.

const fs = require("fs");
const path = require("path");

/** The oldest Node.js that the packages run on: `require` loads ES modules since then. */
const oldest = { major: 20, minor: 19 };

/**
 * @param {string} version Node's own, e.g. `v18.20.8`.
 * @returns {string | undefined} why the commands cannot run on it, and what to do.
 */
function nodeProblem(version) {
  const parts = version.replace(/^v/, "").split(".").map(Number);
  const major = parts[0] || 0;
  const minor = parts[1] || 0;
  const isOlder = major < oldest.major || (major === oldest.major && minor < oldest.minor);
  if (!isOlder) return undefined;
  return (
    `This project needs Node.js 22 or 24 (${oldest.major}.${oldest.minor} at least); this is ${version}.\n` +
    "Install Node.js 24 (`nvm install 24`, or https://nodejs.org), then run the command again."
  );
}

/**
 * @param {string} folder the working copy.
 * @returns {string | undefined} which packages are not installed, and what to do.
 */
function packagesProblem(folder) {
  const manifest = /** @type {{ dependencies: Record<string, string> }} */ (
    JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"))
  );
  const wanted = Object.keys(manifest.dependencies);
  const missing = wanted.filter(
    (name) => !fs.existsSync(path.join(folder, "node_modules", name, "package.json")),
  );
  if (missing.length === 0) return undefined;
  const which = missing.length === wanted.length ? "Packages" : `Packages (${missing.join(", ")})`;
  return `${which} are not installed in ${path.join(folder, "node_modules")}.\nRun npm ci, then run the command again.`;
}

/** Ends this process with one sentence when the commands cannot run here. */
function check() {
  const ofNode = nodeProblem(process.version);
  const problem = ofNode === undefined ? packagesProblem(path.resolve(__dirname, "..")) : ofNode;
  if (problem === undefined) return;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

check();

module.exports = { nodeProblem, packagesProblem };
