"use strict";

// JavaScript: Pulumi checks the types of a pack in TypeScript at every run, which takes seconds; `npm test` does it once.
// The SDK comes first, because tsx searches every file that it loads for TypeScript.
require("@pulumi/policy");
require("tsx/cjs/api").register();
require("../serveRepositoryPack").serveRepositoryPack(require("./pack").default);
