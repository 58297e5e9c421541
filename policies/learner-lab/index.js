// Written as JavaScript, so that the pack needs no build and no type check at each run (`npm test` makes it):
// esbuild strips the types of each file as Node loads it. Pulumi's own starter has put ts-node, which would check
// them for seconds, in charge of .ts files: take that away first. PolicyPack reads package.json from the working
// directory, which is the pack's folder only for some ways to start it.
process.chdir(__dirname);
delete require.extensions[".ts"];
require("esbuild-register");
require("./pack");
