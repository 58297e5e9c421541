import { buildPacks } from "./policyPackages";

/** `npm run policy:build`: each policy pack as a folder that `pulumi policy publish` takes. */
async function main(): Promise<void> {
  for (const folder of await buildPacks(".local/packs")) process.stdout.write(`${folder}\n`);
}

void main();
