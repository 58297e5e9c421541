import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

import { forAccount } from "../../components/settings/placeholderAccount";
import { accountId } from "./mockedTypes";

const root = join(__dirname, "..", "..");
const stackFile = z.object({ config: z.record(z.string(), z.unknown()) });

/** Names of the repository's stacks, from its `Pulumi.<stack>.yaml` files. */
export function shippedStacks(): readonly string[] {
  return readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}

/**
 * A stack's configuration as the engine passes it to a program: strings, with objects as JSON. The mocks' account replaces
 * the placeholder account.
 */
export function stackConfig(stack: string): Record<string, string> {
  const { config } = stackFile.parse(parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")));
  return Object.fromEntries(
    Object.entries(forAccount(config, accountId)).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
