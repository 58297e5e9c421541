import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure, messageOf } from "../../../cli/failure";
import { z } from "../../../cli/json";
import { allFolders } from "../box/cgroupFolders";
import { type CgroupPlace, makeCgroups, sweepCgroups } from "../box/cgroupPlace";
import { type Box, enterBox } from "../box/enter";
import { needsUserNamespace } from "../box/namespaces";
import { away, dialThrough, type Dialer } from "../dial";
import type { RegionConfig } from "../region/config";
import { join, listen } from "../region/relays";
import { bootIdAt, controlClientAt } from "./control";
import {
  filesIn,
  type HostOptions,
  type LiveFiles,
  namePrefix,
  type Settings,
  settingsSchema,
  socketParent,
} from "./layout";
import { removeState, writeState } from "./state";
import { watchEmulator } from "./watchEmulator";
import { noWays, startWays } from "./ways";

interface Surroundings {
  readonly log: (line: string) => void;
  /** Aborts when the region must end. */
  readonly stop: AbortSignal;
}

const repository = path.resolve(__dirname, "../../..");
/** How long the region may take to end its machines and databases properly. */
const stopPatienceMilliseconds = 10_000;
const restartMilliseconds = 300;
/** A region that ends so often before it is ready does not start at all. */
const attempts = 3;
const pollMilliseconds = 20;

/** Runs the box with the region, again after each end of it, until the emulator ends or `stop` aborts. */
export async function runHost(options: HostOptions, { log, stop }: Surroundings): Promise<void> {
  const { folder, endpoint } = options;
  const files = filesIn(folder);
  const settings = settingsSchema.parse(JSON.parse(options.settings));
  let ways = noWays;
  let shown: { phase: "starting" | "ready"; progress: string; limits: string | null } | undefined;
  const write = (): void => {
    if (shown === undefined) return;
    const { id, version } = options;
    const own = { pid: process.pid, id, version, endpoint, settings: options.settings, file: files.state };
    writeState({ ...own, ...shown, sockets, ways });
  };
  const report = (phase: "starting" | "ready", progress: string, place?: CgroupPlace): void => {
    shown = { phase, progress, limits: place?.limits ?? null };
    write();
  };
  const prefix = namePrefix(folder);
  const sockets = mkdtempSync(path.join(socketParent(), prefix));
  report("starting", "Entering the box");
  const { hostname, port } = new URL(endpoint);
  await listen(
    createServer((client) => {
      join(client, connect({ host: hostname, port: Number(port) }));
    }),
    path.join(sockets, "emulator.sock"),
  );

  let dialer: Dialer | undefined;
  const closeWays = startWays({
    sockets,
    endpoint,
    folder: files.data,
    dial: async (address, port) => {
      if (dialer === undefined) throw away();
      return await dialer.dial(address, port);
    },
    log,
    changed: (next) => {
      ways = next;
      write();
    },
  });

  let box: Box | undefined;
  const ended = new AbortController();
  const isEnding = (): boolean => stop.aborted || ended.signal.aborted;
  const stopBox = (): void => {
    void box?.stop(stopPatienceMilliseconds);
  };
  stop.addEventListener("abort", stopBox);
  // The region also ends by itself; one that has started since then has the new emulator's state.
  const stopFormer = async (former: Box | undefined, bootId: string): Promise<void> => {
    const current = await bootIdAt(sockets);
    if (current === undefined || current === null || current === bootId) return;
    log("Another emulator answers: ending all machines");
    await former?.stop(stopPatienceMilliseconds);
  };
  const watched = watchEmulator(endpoint, stop, (bootId) => {
    stopFormer(box, bootId).catch((error: unknown) => {
      log(messageOf(error));
    });
  }).then((how) => {
    if (how === "ended") log(`The emulator at ${endpoint} has ended`);
    ended.abort();
    stopBox();
  });

  let failures = 0;
  while (!isEnding()) {
    report("starting", "Entering the box");
    await sweepCgroups(prefix);
    const place = makeCgroups(`${prefix}${randomUUID().slice(0, 8)}`);
    if (place.limits !== undefined) log(place.limits);
    const region = startRegion({ files, sockets, settings, place, endpoint });
    box = region;
    dialer = dialThrough(region.channel);
    const isReady = await untilReady(region, sockets);
    if (isReady) {
      failures = 0;
      report("ready", "Ready", place);
      log("The region is ready");
    }
    const { exitCode, signal } = await region.ended;
    if (isEnding()) break;
    log(`The region ended with ${signal ?? exitCode ?? "no status"}: starting it again`);
    failures += isReady ? 0 : 1;
    if (failures === attempts) throw new Error(`The region ended ${attempts} times before it was ready.`);
    await sleep(restartMilliseconds);
  }
  await watched;
  await box?.ended;
  closeWays();
  await sweepCgroups(prefix);
  rmSync(sockets, { recursive: true, force: true });
  removeState(folder);
}

interface RegionStart {
  readonly files: LiveFiles;
  readonly sockets: string;
  readonly settings: Settings;
  readonly place: CgroupPlace;
  readonly endpoint: string;
}

function startRegion({ files, sockets, settings, place, endpoint }: RegionStart): Box {
  const config: RegionConfig = {
    id: randomUUID(),
    folder: files.data,
    sockets,
    emulatorPort: Number(new URL(endpoint).port),
    budgetMiB: settings.budgetMiB,
    userNamespace: needsUserNamespace(),
    cgroups: place.folders,
    secondsPerMinute: settings.secondsPerMinute,
  };
  const configFile = path.join(sockets, "region.json");
  writeFileSync(configFile, JSON.stringify(config));
  // The socket of a region that was killed.
  rmSync(path.join(sockets, "control.sock"), { force: true });
  const nodeHooks = path.join(repository, "nodeHooks/register.cjs");
  return enterBox({
    command: [process.execPath, "--require", nodeHooks, settings.program, "--config", configFile],
    lock: files.boxLock,
    sockets,
    cgroups: allFolders(place.folders),
    output: "inherit",
    workingFolder: repository,
  });
}

/** Whether the region answers on its own API; not when it ends before. */
async function untilReady(box: Box, sockets: string): Promise<boolean> {
  const control = controlClientAt(sockets);
  const end = new AbortController();
  const ended = box.ended.then(() => {
    end.abort();
  });
  for (;;) {
    if (end.signal.aborted) return false;
    try {
      await control.get("/status", z.object({ id: z.string() }));
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await Promise.race([ended, sleep(pollMilliseconds)]);
    }
  }
}
