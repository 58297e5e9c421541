/** Refuses every cycle of imports; imports of types and late imports count. */
module.exports = {
  forbidden: [{ name: "no-cycle", severity: "error", from: {}, to: { circular: true } }],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(node_modules|[.]local|bench/cdk)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
