import { sharedCache } from "../../cli/sharedCache";
import { handlerFile } from "../../components/scheduledLauncher/handlerFile";
import { findPulumi } from "../../engine/pulumiCli/command";
import { ensureAwsCli } from "../../localAws/emulator";
import { prepareImages } from "../../localAws/live";
import { run } from "../../localAws/live/command";
import { identities } from "../localAws/live/support/identity";
import { shareCaches } from "./sharedCaches";

const hostProgram = require.resolve("../localAws/live/host/hostProgram.ts");
const nodeHooks = require.resolve("../../nodeHooks/register.cjs");

/** Makes once what the spec files share, for every identity that runs them. */
export async function prepare(report: (line: string) => void): Promise<void> {
  await Promise.all([
    prepareImages(report),
    // In the working copy, which is not the ordinary user's: that user cannot create it.
    handlerFile(),
    ensureAwsCli({ report }),
    findPulumi(sharedCache(process.env), { run: (_title, work) => work(report) }),
  ]);
  for (const identity of identities().filter(({ name }) => name !== "root")) {
    if (process.geteuid?.() !== 0) continue;
    const { emulatorFolder } = identity;
    const environment = [
      process.execPath,
      "--require",
      nodeHooks,
      hostProgram,
      "prepare",
      "",
      emulatorFolder,
    ];
    await Promise.all([shareCaches(identity), run(identity.run(environment))]);
  }
}
