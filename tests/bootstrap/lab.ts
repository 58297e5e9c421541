/** Runs inside namespaces of its own; main.ts starts it. */
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

import { Lab } from "./lab/lab";
import type { Machine } from "./lab/machine";
import { Proof } from "./proof";
import { bakeBesideAnotherApt } from "./scenarios/aptLocks";
import { bootWithHangingMount, bootWithStrangeUploads, bootWithWrongSettings } from "./scenarios/badInput";
import { bootTogether } from "./scenarios/boot";
import { useWithoutInternet } from "./scenarios/closedNetwork";
import { loseServers } from "./scenarios/comeAndGo";
import { tryTheDoors } from "./scenarios/doors";
import { measureBoots, measurePages } from "./scenarios/figures";
import { bakeImage } from "./scenarios/goldenImage";
import {
  bootOnePair,
  cutOffBoots,
  fillTheAdministratorsSecret,
  killTheInstaller,
  pairs,
} from "./scenarios/installing";
import { sendMail, useWithoutMail } from "./scenarios/mail";
import { loseDatabase, rotatePassword, rotateUnseen } from "./scenarios/outages";
import { tryThePageCache } from "./scenarios/pageCache";
import { fallSick } from "./scenarios/sickness";
import { useTheSite } from "./scenarios/site";
import { lookAtSiteHealth } from "./scenarios/siteHealth";
import { repeatSteps } from "./scenarios/steps";
import { uploadTheLargest } from "./scenarios/uploads";
import { run } from "./support/command";
import { documentedScreenshotFolder, repository, screenshotFolder } from "./support/folders";
import { Report } from "./support/report";
import { SideWork } from "./support/sideWork";

const layers = z.object({ layers: z.array(z.string()), key: z.string() });
const images = z.object({ stock: layers, infra: layers, packages: layers });

async function checkScripts(report: Report): Promise<void> {
  await report.check("shellcheck finds nothing in the server's scripts", async () => {
    const programs = join(repository, "components/wordpressFleet/server/programs");
    const scripts = readdirSync(programs).filter((name) => name.endsWith(".sh"));
    const paths = scripts.map((name) => join(programs, name));
    await run(["shellcheck", "--external-sources", "--source-path=SCRIPTDIR", ...paths]);
    return `${scripts.length} scripts`;
  });
}

/** What a person and WordPress itself ask of a running site: alone with `--only site`. */
async function useEveryday(lab: Lab, report: Report, [a, b]: readonly [Machine, Machine]): Promise<string> {
  const cookies = await useTheSite(lab, report, a, b);
  await tryTheDoors(report, a, cookies);
  await useWithoutInternet(lab, report, a, cookies);
  await lookAtSiteHealth(lab, report, a);
  await useWithoutMail(report, a, cookies);
  await uploadTheLargest(report, a, cookies);
  return cookies;
}

/** The main site, by two servers. What would be disturbed by other machines' boots is done alone. */
async function proveTheSite(lab: Lab, report: Report, side: SideWork, [a, b]: readonly [Machine, Machine]) {
  const cookies = await useEveryday(lab, report, [a, b]);
  await side.alone(async () => {
    await tryThePageCache(lab, report, a, b);
    await loseServers(lab, report, a);
    await rotatePassword(lab, report, cookies);
    await loseDatabase(lab, report, a, b);
  });
  const proveItIsSeen = await rotateUnseen(lab, report, a);
  await Promise.all([fallSick(lab, report, a, b), proveItIsSeen()]);
  await repeatSteps(lab, report, a, b);
}

/** Sites of their own, each of which mostly waits. The first pair of the ten is the main site's. */
function otherSites(lab: Lab, report: Report, whole: boolean): readonly (() => Promise<void>)[] {
  const numbers = whole ? Array.from({ length: pairs - 1 }, (_, index) => index + 2) : [];
  return [
    () => bootWithStrangeUploads(lab, report),
    () => bootWithWrongSettings(lab, report),
    () => killTheInstaller(lab, report),
    () => cutOffBoots(lab, report),
    () => fillTheAdministratorsSecret(lab, report),
    () => sendMail(lab, report),
    () => bakeBesideAnotherApt(lab, report),
    ...numbers.map((number) => () => bootOnePair(lab, report, number)),
  ];
}

/** Parts of the proof that run alone, while you work on them: `--only site,page-cache`. */
const alone: Readonly<
  Record<
    string,
    (lab: Lab, report: Report, servers: () => Promise<readonly [Machine, Machine]>) => Promise<unknown>
  >
> = {
  site: async (lab, report, servers) => await useEveryday(lab, report, await servers()),
  mail: sendMail,
  apt: bakeBesideAnotherApt,
  "page-cache": async (lab, report, servers) => {
    await tryThePageCache(lab, report, ...(await servers()));
  },
  pages: async (_lab, report, servers) => {
    await measurePages(report, (await servers())[0]);
  },
  stock: measureBoots,
};

async function proveOnly(names: readonly string[], lab: Lab, report: Report): Promise<number> {
  let booted: Promise<readonly [Machine, Machine]> | undefined;
  for (const name of names) {
    const prove = alone[name];
    if (prove === undefined) throw new Error(`--only ${name}: choose from ${Object.keys(alone).join(", ")}`);
    await prove(lab, report, async () => await (booted ??= bootTogether(lab, report)));
  }
  return report.close();
}

function repeatedBefore(passedAt = "an earlier time"): string {
  const left = `the other pairs of the ${pairs}, and plain Debian's boot`;
  return `Not repeated: ${left}. All of it passed with this very content at ${passedAt}; --full repeats it.`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      full: { type: "boolean", default: false },
      only: { type: "string" },
      "update-docs": { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const report = new Report();
  await checkScripts(report);
  report.section("Database, load balancer, file system, metadata, Secrets Manager");
  const parts = images.parse(JSON.parse(positionals[0] ?? ""));
  const lab = await Lab.make(parts);
  const proof = new Proof([parts.infra.key, lab.bakedKey]);
  const whole = values.full || proof.passedAt === undefined;
  await bakeImage(lab, report);
  if (values.only !== undefined) return await proveOnly(values.only.split(","), lab, report);
  const [a, b] = await bootTogether(lab, report);

  const side = new SideWork();
  const proveTheHangingMount = await bootWithHangingMount(lab);
  await Promise.all([proveTheSite(lab, report, side, [a, b]), side.run(2, otherSites(lab, report, whole))]);
  await proveTheHangingMount(report);
  if (whole) await measureBoots(lab, report);
  await measurePages(report, a);

  if (!whole) console.log(`\n${repeatedBefore(proof.passedAt)}`);
  const exitCode = report.close();
  if (exitCode === 0 && whole) proof.keep();
  if (exitCode === 0 && values["update-docs"]) {
    cpSync(screenshotFolder, documentedScreenshotFolder, { recursive: true });
  }
  return exitCode;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
