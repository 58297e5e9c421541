"use strict";
// `@pulumi/pulumi` loads TypeScript's compiler and npm's tree builder, 800 files, which only serialised
// functions need. Loaded before it, this makes both wait for their first use: a second less in every process.

const Module = require("node:module");

const lazy = new Set(["typescript", "@npmcli/arborist"]);
const load = Module._load;

Module._load = function (request, parent, isMain) {
  if (!lazy.has(request)) return load.call(this, request, parent, isMain);
  let loaded;
  const use = () => (loaded ??= load.call(this, request, parent, isMain));
  const target = {};
  return new Proxy(target, {
    get: (_, key) => (key === "__esModule" ? true : use()[key]),
    has: (_, key) => key in use(),
    set: (_, key, value) => Reflect.set(use(), key, value),
  });
};
