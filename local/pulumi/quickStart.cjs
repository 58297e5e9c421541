"use strict";
// Loaded before everything else, this makes a process with `@pulumi/pulumi` in it start in a third of the time:
// compiled code is kept between runs where Node can (22.1 and later), and TypeScript's compiler and npm's tree
// builder, 800 files that only serialised functions need, wait for their first use.

const Module = require("node:module");

Module.enableCompileCache?.();

const lazy = new Set(["typescript", "@npmcli/arborist"]);
const load = Module._load;

Module._load = function (request, parent, isMain) {
  if (!lazy.has(request)) return load.call(this, request, parent, isMain);
  let loaded;
  const use = () => (loaded ??= load.call(this, request, parent, isMain));
  return new Proxy(
    {},
    {
      // Says so without being asked, or TypeScript's import helper would copy every member, and so load it.
      get: (_, key) => (key === "__esModule" ? true : use()[key]),
      has: (_, key) => key in use(),
      set: (_, key, value) => Reflect.set(use(), key, value),
    },
  );
};
