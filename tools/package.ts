import path from "node:path";

import { buildComponentsPackage, packComponents } from "./componentsPackage/build";
import { componentsPackageName } from "./componentsPackage/manifest";

/** `npm run package`: the components as a package for other projects. */
async function main(): Promise<void> {
  const folder = path.resolve(".local/package", componentsPackageName);
  await buildComponentsPackage(folder);
  process.stdout.write(`${await packComponents(folder)}\n`);
}

void main();
