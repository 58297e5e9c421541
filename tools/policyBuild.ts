import { buildPacks, packageFile } from "./policyPackages";

/** `npm run policy:build`: each policy pack as a package for other projects, and as a folder and a configuration for a policy server. */
async function main(): Promise<void> {
  for (const built of await buildPacks(".local/packs")) {
    process.stdout.write(`${built.folder}\n${built.configFile}\n${await packageFile(built)}\n`);
  }
}

void main();
