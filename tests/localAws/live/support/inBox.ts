import path from "node:path";

import { inNamespaces } from "../../../../localAws/live/box/namespaces";
import { attempt } from "../../../../localAws/live/command";
import type { Identity } from "./identity";

const register = require.resolve("../../../../nodeHooks/register.cjs");
const mocha = require.resolve("mocha/bin/mocha.js");

/** Runs a file of tests with mocha in a box's namespaces. @throws with mocha's report when a test fails */
export async function testInBox(identity: Identity, file: string): Promise<void> {
  const command = [
    process.execPath,
    "--require",
    register,
    mocha,
    "--no-config",
    "--timeout",
    "120000",
    file,
  ];
  const inner = ["sh", "-c", 'mount -t tmpfs -o mode=755 tmpfs /run && exec "$@"', "sh", ...command];
  const isRoot = identity.name === "root";
  const { exitCode, output } = await attempt(identity.run(inNamespaces(inner, !isRoot)), {
    environment: { ...process.env, TMPDIR: "/tmp" },
  });
  if (exitCode !== 0) throw new Error(`${path.basename(file)} as ${identity.name}:\n${output}`);
}
