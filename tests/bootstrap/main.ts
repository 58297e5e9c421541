/**
 * The proof that servers serve: see README.md. images/build.ts builds the images with this machine's network; then
 * lab.ts runs without it. Both run in separate namespaces, which the kernel removes with everything in them.
 */
import { join } from "node:path";

import { ensureEnvironment } from "../../localAws/emulator";
import { startPackageProxy } from "./images/packageProxy";
import { whyNot } from "./requirements";
import { withCache } from "./support/cache";
import { proxySocket } from "./support/folders";
import { runInNamespaces } from "./support/namespaces";
import { relay } from "./support/relay";

async function prove(proxy: string, lock: number): Promise<number> {
  const build = {
    program: join(__dirname, "images/build.ts"),
    args: [proxy],
    network: "host",
    lock,
  } as const;
  const images = await runInNamespaces(build);
  if (images.exitCode !== 0) return images.exitCode;
  const args = [images.result, ...process.argv.slice(2)];
  const lab = await runInNamespaces({ program: join(__dirname, "lab.ts"), args, network: "own", lock });
  return lab.exitCode;
}

async function main(): Promise<number> {
  const reason = await whyNot();
  if (reason !== undefined) {
    console.log(`The servers' proof is skipped. ${reason}`);
    console.log("0 passed, 0 failed, 1 skipped");
    return 0;
  }
  return await withCache(proveWith);
}

async function proveWith(lock: number): Promise<number> {
  const proxy = await startPackageProxy();
  const forApt = await relay("127.0.0.1", { path: proxySocket });
  try {
    console.log("Emulator and images");
    await ensureEnvironment({
      report: (line) => {
        console.log(`  ${line}`);
      },
    });
    return await prove(`http://127.0.0.1:${forApt.port}`, lock);
  } finally {
    forApt.close();
    proxy.close();
    proxy.closeAllConnections();
  }
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
