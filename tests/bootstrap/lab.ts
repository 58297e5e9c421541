/** Runs inside namespaces of its own; main.ts starts it. */
import { z } from "zod";

import { Lab } from "./lab/lab";
import { bootTogether } from "./scenarios/boot";
import { Report } from "./support/report";

const layers = z.object({ layers: z.array(z.string()), key: z.string() });
const images = z.object({ stock: layers, infra: layers, baked: layers });

async function main(): Promise<number> {
  const report = new Report();
  report.section("Database, load balancer, file system, metadata, emulator");
  const lab = await Lab.make(images.parse(JSON.parse(process.argv[2] ?? "")));
  await bootTogether(lab, report);
  return report.close();
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
