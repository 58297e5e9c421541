/**
 * The proof that servers serve: see README.md. localAws/live/images builds the images with this machine's
 * network; then lab.ts runs without it. Both run in separate namespaces, which the kernel removes with everything in them.
 */
import { join } from "node:path";

import { ensureEnvironment } from "../../localAws/emulator";
import { sweepCgroups } from "../../localAws/live/box/cgroupPlace";
import { withCache } from "../../localAws/live/images/cache";
import { runInNamespaces } from "../../localAws/live/images/namespaces";
import { startPackageProxy } from "../../localAws/live/images/packageProxy";
import { imagesWith } from "../../localAws/live/images/prepare";
import { whyNot } from "./requirements";
import { cgroupPrefix, makeFolders, proxySocket } from "./support/folders";

async function main(): Promise<number> {
  const reason = await whyNot();
  if (reason !== undefined) {
    console.log(`The servers' proof is skipped. ${reason}`);
    console.log("0 passed, 0 failed, 1 skipped");
    return 0;
  }
  makeFolders();
  return await withCache(proveWith, print);
}

async function proveWith(lock: number): Promise<number> {
  // Of a killed run. Another run has the lock while it uses its own.
  await sweepCgroups(cgroupPrefix);
  console.log("Emulator and images");
  await ensureEnvironment({ report: print });
  const images = await imagesWith(lock, print);
  const proxy = await startPackageProxy(proxySocket);
  try {
    const args = [JSON.stringify(images), ...process.argv.slice(2)];
    const lab = await runInNamespaces({ program: join(__dirname, "lab.ts"), args, network: "own", lock });
    return lab.exitCode;
  } finally {
    await sweepCgroups(cgroupPrefix);
    proxy.close();
    proxy.closeAllConnections();
  }
}

function print(line: string): void {
  console.log(`  ${line}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
