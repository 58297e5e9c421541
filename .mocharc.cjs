// Tests that need the emulator or the engine end in .emulator.spec.ts or .engine.spec.ts: `npm run test:engine`.
// No test boots servers, except `npm run test:live`, which asks for it.
process.env["WORDPRESS_ON_AWS_MODE"] ??= "recorded";

module.exports = {
  require: [
    "./nodeHooks/register.cjs",
    "./engine/patches/tracelessPromises.ts",
    "./engine/patches/ownConnections.ts",
    "./tests/support/temporaryFolder.ts",
  ],
  recursive: true,
  // Only for a test that hangs: no verdict depends on time. On a machine with a load of 20 a test takes 20 times as long.
  timeout: 600_000,
  forbidOnly: true,
  forbidPending: true,
};
