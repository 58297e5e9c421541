// Tests that need the emulator or the engine end in .emulator.spec.ts or .engine.spec.ts: `npm run test:engine`.
module.exports = {
  require: ["./local/pulumi/quickStart.cjs", "./local/pulumi/tracelessPromises.cjs"],
  recursive: true,
  timeout: 10_000,
  forbidOnly: true,
  forbidPending: true,
};
