"use strict";
// Modules that a run loads only once it needs them: those of other commands, and those that take so long that
// other processes had better be started first. TypeScript files can be loaded late only from JavaScript here:
// `import()` is Node's own, which knows no TypeScript. Types: lazily.d.cts.

exports.loadCommand = {
  up: () => require("./commands/up").up,
  preview: () => require("./commands/preview").preview,
  refresh: () => require("./commands/refresh").refresh,
  status: () => require("./commands/status").status,
  down: () => require("./commands/down").down,
  stop: () => require("./commands/stop").stop,
};

exports.loadEngine = () => require("./engine");

exports.loadAnalyzer = () => require("./pulumi/analyzer.cjs").serveAnalyzer;
exports.loadPack = (folder) => require(`${folder}/pack`).default;

exports.loadProgram = () => require("../index");
exports.loadCatalogue = () => require("./providers/aws/catalogue").catalogue;
exports.loadBuilderUserData = () =>
  require("../components/wordpressFleet/builderUserData").renderBuilderUserData;
