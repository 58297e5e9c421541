import { format } from "prettier";

import { withSection } from "./section";
import { settingsTable } from "./settingsTable";

/** README.md as it should be: what it takes from the code written anew. */
export function currentReadme(text: string): Promise<string> {
  return format(withSection(text, "settings", settingsTable()), { parser: "markdown", printWidth: 110 });
}
