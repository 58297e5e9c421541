import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { withSection } from "./section";
import { settingsTable } from "./settingsTable";

/** `npm run docs`: writes anew what the documents take from the code. */
const readme = join(__dirname, "..", "README.md");
writeFileSync(readme, withSection(readFileSync(readme, "utf8"), "settings", settingsTable()));
