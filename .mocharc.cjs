// Tests that need the emulator or the engine end in .emulator.spec.ts or .engine.spec.ts: `npm run test:engine`.
// The AWS SDK would warn that its releases of 2027 want a later Node: ours is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

module.exports = {
  require: [
    "./nodeHooks/register.cjs",
    "./engine/patches/tracelessPromises.cjs",
    "./engine/patches/ownConnections.cjs",
  ],
  recursive: true,
  // Only for a test that hangs: no verdict depends on time. On a machine with a load of 20 a test takes 20 times as long.
  timeout: 600_000,
  forbidOnly: true,
  forbidPending: true,
};
