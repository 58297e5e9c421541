/** The program in the box. The host process starts it: `main.ts --config FILE`; it ends when its input closes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { messageOf } from "../../../cli/failure";
import { answerDials } from "../dial";
import type { World } from "../world";
import { serveApi } from "./api";
import { configSchema, type RegionConfig } from "./config";
import { linkEmulator } from "./emulatorLink";
import { makeParts } from "./parts";
import { reconcile, stopParts } from "./reconcile";
import { relayToSocket } from "./relays";
import { makeTimeline } from "./timeline";

const retryMilliseconds = 300;
/** How long the last reports may take. */
const farewellMilliseconds = 1_000;

function log(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`);
}

async function run(config: RegionConfig): Promise<void> {
  const endpoint = `http://127.0.0.1:${config.emulatorPort}`;
  await relayToSocket("127.0.0.1", config.emulatorPort, join(config.sockets, "emulator.sock"));
  const link = linkEmulator({ endpoint, id: config.id, budgetMiB: config.budgetMiB, log });
  const timeline = makeTimeline();
  const { parts, routes } = await makeParts(config, {
    folder: config.folder,
    sockets: config.sockets,
    endpoint,
    report: link.report,
    event: timeline.add,
    log,
  });

  let world: World | undefined;
  const stopping = new AbortController();
  const stop = async (): Promise<never> => {
    stopping.abort();
    await stopParts(parts, log);
    // An emulator that has ended takes neither.
    await Promise.race([link.flushed(), sleep(farewellMilliseconds)]);
    link.close();
    await Promise.race([link.detach(), sleep(farewellMilliseconds)]).catch((error: unknown) => {
      log(`detach: ${messageOf(error)}`);
    });
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  // The lifeline: the host process has ended, so the box ends.
  process.stdin.once("close", () => process.exit(0)).resume();

  await link.attach();
  answerDials(process, log);
  const status = () => ({
    json: { id: config.id, bootId: world?.bootId ?? null, number: world?.number ?? null },
  });
  await serveApi(join(config.sockets, "control.sock"), { "GET /status": status, ...routes }, timeline);
  log("ready");

  let again = false;
  for (;;) {
    try {
      const next = await link.nextWorld(again ? -1 : (world?.number ?? -1));
      if (stopping.signal.aborted) return;
      if (world !== undefined && next.bootId !== world.bootId) {
        log("another emulator answers");
        await stop();
      }
      const changed = next.number !== world?.number;
      world = next;
      if (!changed && !again) continue;
      again = (await reconcile(parts, next, log)).failed.length > 0;
      if (again) await sleep(retryMilliseconds);
    } catch (error) {
      if (stopping.signal.aborted) return;
      log(`world: ${messageOf(error)}`);
      await sleep(retryMilliseconds);
    }
  }
}

const { values } = parseArgs({ options: { config: { type: "string" } } });
if (values.config === undefined) throw new Error("The region needs --config FILE; the host process sets it.");
run(configSchema.parse(JSON.parse(readFileSync(values.config, "utf8")))).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
