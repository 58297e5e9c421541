"use strict";
// Serves policy packs, all in this one process: what they load is the same, and takes longer than to judge. Prints
// a port for each, in their order, as Pulumi's analyzer protocol asks for one, and ends with the run that started
// it. Arguments: the packs' folders.

const path = require("node:path");

const sdk = path.join("node_modules", "@pulumi", "policy") + path.sep;

process.stdin.on("end", () => process.exit());
process.stdin.resume();

const print = console.log;

void serve(process.argv.slice(2));

async function serve(folders) {
  for (const folder of folders) print(await portOf(folder));
}

/** The policy SDK serves one pack and keeps its settings in its modules: each pack is given modules of its own. */
function portOf(folder) {
  for (const file of Object.keys(require.cache)) {
    if (file.includes(sdk)) delete require.cache[file];
  }
  // The pack's version is read from there.
  process.chdir(folder);
  return new Promise((resolve) => {
    console.log = resolve;
    require(folder);
  });
}
