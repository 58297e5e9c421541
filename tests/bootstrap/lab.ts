/** main.ts starts this program in separate namespaces. */
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { run } from "../../localAws/live/command";
import { imagesSchema } from "../../localAws/live/images/prepare";
import { Lab } from "./lab/lab";
import type { Machine } from "./lab/machine";
import { Proof } from "./proof";
import { checkAccessAndCache } from "./scenarios/accessAndCache";
import { bakeBesideAnotherApt } from "./scenarios/aptLocks";
import {
  bootWithHangingMount,
  bootWithWrongUploadsCertificate,
  bootWithWrongSettings,
} from "./scenarios/badInput";
import { bootTogether } from "./scenarios/boot";
import { useWithoutInternet } from "./scenarios/closedNetwork";
import { measureBoots, measurePages } from "./scenarios/figures";
import { bakeImage } from "./scenarios/goldenImage";
import {
  bootOnePair,
  interruptBoots,
  fillAdministratorSecret,
  killInstaller,
  pairs,
} from "./scenarios/installing";
import { sendMail, useWithoutMail } from "./scenarios/mail";
import { loseDatabase, rotatePassword, rotateWithoutVisitors } from "./scenarios/outages";
import { checkPageCache } from "./scenarios/pageCache";
import { killAndReplaceServer } from "./scenarios/serverLoss";
import { useSite } from "./scenarios/site";
import { checkSiteHealth } from "./scenarios/siteHealth";
import { repeatSteps } from "./scenarios/steps";
import { recoverUnhealthyServers } from "./scenarios/unhealthyServers";
import { uploadLargestFile } from "./scenarios/uploads";
import { documentedScreenshotFolder, repository, screenshotFolder } from "./support/folders";
import { Report } from "./support/report";
import { SideWork } from "./support/sideWork";

async function checkScripts(report: Report): Promise<void> {
  await report.check("shellcheck finds nothing in the server's scripts", async () => {
    const programs = join(repository, "components/wordpressFleet/server/programs");
    const scripts = readdirSync(programs).filter((name) => name.endsWith(".sh"));
    const paths = scripts.map((name) => join(programs, name));
    await run(["shellcheck", "--external-sources", "--source-path=SCRIPTDIR", ...paths]);
    return `${scripts.length} scripts`;
  });
}

/** The everyday requests of users and of WordPress itself to a running site; `--only site` runs only these. */
async function checkEverydayUse(
  lab: Lab,
  report: Report,
  [a, b]: readonly [Machine, Machine],
): Promise<string> {
  const cookies = await useSite(lab, report, a, b);
  await checkAccessAndCache(report, a, cookies);
  await useWithoutInternet(lab, report, a, cookies);
  await checkSiteHealth(lab, report, a);
  await useWithoutMail(report, a, cookies);
  await uploadLargestFile(report, a, cookies);
  return cookies;
}

/** The main site with two servers. Checks that other machines' boots would disturb run alone. */
async function proveSite(lab: Lab, report: Report, side: SideWork, [a, b]: readonly [Machine, Machine]) {
  const cookies = await checkEverydayUse(lab, report, [a, b]);
  await side.alone(async () => {
    await checkPageCache(lab, report, a, b);
    await killAndReplaceServer(lab, report, a);
    await rotatePassword(lab, report, cookies);
    await loseDatabase(lab, report, a, b);
  });
  const proveRotation = await rotateWithoutVisitors(lab, report, a);
  await Promise.all([recoverUnhealthyServers(lab, report, a, b), proveRotation()]);
  await repeatSteps(lab, report, a, b);
}

/** Other sites, which mostly wait. The first pair of the ten is the main site's. */
function otherSites(lab: Lab, report: Report, whole: boolean): readonly (() => Promise<void>)[] {
  const numbers = whole ? Array.from({ length: pairs - 1 }, (_, index) => index + 2) : [];
  return [
    () => bootWithWrongUploadsCertificate(lab, report),
    () => bootWithWrongSettings(lab, report),
    () => killInstaller(lab, report),
    () => interruptBoots(lab, report),
    () => fillAdministratorSecret(lab, report),
    () => sendMail(lab, report),
    () => bakeBesideAnotherApt(lab, report),
    ...numbers.map((number) => () => bootOnePair(lab, report, number)),
  ];
}

/** Parts of the proof that can run alone during development: `--only site,page-cache`. */
const alone: Readonly<
  Record<
    string,
    (lab: Lab, report: Report, servers: () => Promise<readonly [Machine, Machine]>) => Promise<unknown>
  >
> = {
  site: async (lab, report, servers) => await checkEverydayUse(lab, report, await servers()),
  mail: sendMail,
  install: killInstaller,
  interrupt: interruptBoots,
  apt: bakeBesideAnotherApt,
  "page-cache": async (lab, report, servers) => {
    await checkPageCache(lab, report, ...(await servers()));
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
  return `Not repeated: ${left}. They passed with the same content at ${passedAt}; --full repeats them.`;
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
  const parts = imagesSchema.parse(JSON.parse(positionals[0] ?? ""));
  const lab = await Lab.make(parts);
  const proof = new Proof([parts.infra.key, lab.bakedKey]);
  const whole = values.full || proof.passedAt === undefined;
  await bakeImage(lab, report);
  if (values.only !== undefined) return await proveOnly(values.only.split(","), lab, report);
  const [a, b] = await bootTogether(lab, report);

  const side = new SideWork();
  const proveHangingMount = await bootWithHangingMount(lab);
  await Promise.all([proveSite(lab, report, side, [a, b]), side.run(2, otherSites(lab, report, whole))]);
  await proveHangingMount(report);
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
