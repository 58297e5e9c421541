/**
 * The proof that servers really serve: see README.md. Images are made here, with this machine's network; then
 * lab.ts runs in namespaces of its own, and whatever it leaves behind goes with them.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";

import { ensureEnvironment } from "../../local/emulator";
import { makeImages } from "./images/images";
import { startPackageProxy } from "./images/packageProxy";
import { whyNot } from "./requirements";
import { makeFolders, proxySocket, repository } from "./support/folders";
import { relay } from "./support/relay";
import { takeTurn } from "./support/turn";

async function runLab(images: string): Promise<number> {
  const lab = spawn(
    "unshare",
    [
      ...["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"],
      ...["node", "--require", join(repository, "quickStart/quickStart.cjs"), join(__dirname, "lab.ts")],
      ...[images, ...process.argv.slice(2)],
    ],
    {
      cwd: repository,
      stdio: "inherit",
      // The SDK would say with every run that its releases of 2027 want a later Node.
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    },
  );
  return await new Promise((resolve, reject) => {
    lab.once("error", reject);
    lab.once("exit", (code) => {
      resolve(code ?? 1);
    });
  });
}

async function main(): Promise<number> {
  const reason = await whyNot();
  if (reason !== undefined) {
    console.log(`The servers' proof is skipped. ${reason}`);
    console.log("0 passed, 0 failed, 1 skipped");
    return 0;
  }
  makeFolders();
  const endTurn = await takeTurn();
  const proxy = await startPackageProxy();
  const forApt = await relay("127.0.0.1", { path: proxySocket });
  try {
    console.log("Emulator and images");
    await ensureEnvironment({
      report: (line) => {
        console.log(`  ${line}`);
      },
    });
    const images = await makeImages(`http://127.0.0.1:${forApt.port}`);
    return await runLab(JSON.stringify(images));
  } finally {
    forApt.close();
    proxy.close();
    proxy.closeAllConnections();
    endTurn();
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
