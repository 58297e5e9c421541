import path from "node:path";

import { inNamespaces } from "../../../../localAws/live/box/namespaces";
import { attempt } from "../../../../localAws/live/command";
import { identities, type Identity } from "./identity";

const register = require.resolve("../../../../nodeHooks/register.cjs");
const mocha = require.resolve("mocha/bin/mocha.js");

/**
 * A test for each file of tests and identity: the file passes in a box's namespaces. They run at the same time, because
 * each one waits for dropped packets, health checks or boots most of the time.
 *
 * @param filesOf the files for an identity; none when a whole stack of `tests/live` proves the same for it
 */
export function passInBoxes(title: string, filesOf: (identity: Identity) => readonly string[]): void {
  for (const identity of identities().filter((each) => filesOf(each).length > 0)) {
    describe(`${title} as ${identity.name}`, () => {
      const files = filesOf(identity);
      let results: readonly Promise<PromiseSettledResult<void>[]>[];

      before(() => {
        results = files.map((file) => Promise.allSettled([testInBox(identity, file)]));
      });

      for (const [index, file] of files.entries()) {
        it(`passes ${path.basename(file)}`, async () => {
          const [result] = (await results[index]) ?? [];
          if (result?.status === "rejected") throw result.reason;
        });
      }
    });
  }
}

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
  // The PATH of an ordinary user does not have the folder of nft.
  const script = 'PATH=$PATH:/usr/sbin:/sbin && mount -t tmpfs -o mode=755 tmpfs /run && exec "$@"';
  const inner = ["sh", "-c", script, "sh", ...command];
  const isRoot = identity.name === "root";
  const { exitCode, output } = await attempt(identity.run(inNamespaces(inner, !isRoot)), {
    environment: { ...process.env, TMPDIR: "/tmp" },
  });
  if (exitCode !== 0) throw new Error(`${path.basename(file)} as ${identity.name}:\n${output}`);
}
