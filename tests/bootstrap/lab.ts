/** Runs inside namespaces of its own; main.ts starts it. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

import { Lab } from "./lab/lab";
import { bootBadServers } from "./scenarios/badInput";
import { bootTogether } from "./scenarios/boot";
import { buildAnImage } from "./scenarios/builder";
import { tryTheDoors } from "./scenarios/doors";
import { measureBoots, measurePages } from "./scenarios/figures";
import { bootTenPairs, fillTheAdministratorsSecret, killTheInstaller } from "./scenarios/installing";
import { loseDatabase, loseServers, rotatePassword } from "./scenarios/outages";
import { fallSick } from "./scenarios/sickness";
import { useTheSite } from "./scenarios/site";
import { repeatSteps } from "./scenarios/steps";
import { run } from "./support/command";
import { repository } from "./support/folders";
import { Report } from "./support/report";

const layers = z.object({ layers: z.array(z.string()), key: z.string() });
const images = z.object({ stock: layers, infra: layers, baked: layers });

async function main(): Promise<number> {
  const report = new Report();
  await report.check("shellcheck finds nothing in the server's scripts", async () => {
    const programs = join(repository, "components/wordpressFleet/server/programs");
    const scripts = readdirSync(programs).filter((name) => name.endsWith(".sh"));
    await run([
      "shellcheck",
      "--external-sources",
      "--source-path=SCRIPTDIR",
      ...scripts.map((name) => join(programs, name)),
    ]);
    return `${scripts.length} scripts`;
  });
  report.section("Database, load balancer, file system, metadata, emulator");
  const lab = await Lab.make(images.parse(JSON.parse(process.argv[2] ?? "")));
  const [a, b] = await bootTogether(lab, report);
  await measureBoots(lab, report);
  const cookies = await useTheSite(lab, report, a, b);
  await tryTheDoors(report, a, cookies);
  await loseServers(lab, report, a);
  await loseDatabase(lab, report, a, b);
  await rotatePassword(lab, report, a, cookies);
  // These mostly wait, each for its own machines.
  const proveBadServers = await bootBadServers(lab);
  await Promise.all([
    fallSick(lab, report, a, b),
    killTheInstaller(lab, report),
    fillTheAdministratorsSecret(lab, report),
    buildAnImage(lab, report),
  ]);
  await repeatSteps(lab, report, a, b);
  await proveBadServers(report);
  await bootTenPairs(lab, report);
  await measurePages(report, a);
  return report.close();
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
