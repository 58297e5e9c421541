import { parseArgs } from "node:util";

import { readConfiguration } from "../policies/configuration/file";
import { packsOf } from "../policies/packs";
import { policyFlags } from "../policies/stackPacks";

/**
 * `npm run policy:flags -- prod`: the options with which Pulumi's CLI applies the stack's packs, one per line.
 *
 * Wrong thresholds go to standard error. The options are printed in this case too: without them, `pulumi up $(…)`
 * would run without policies.
 */
async function main(words: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { thresholds: { type: "string" } },
  });
  const [stackName] = positionals;
  if (stackName === undefined) {
    process.stderr.write("usage: npm run policy:flags -- STACK [--thresholds DIR], e.g. prod\n");
    process.exitCode = 2;
    return;
  }
  for (const { pack, configFile } of packsOf(stackName, values.thresholds)) {
    const read = configFile === undefined ? undefined : await readConfiguration(pack, configFile);
    if (read === undefined || !("problems" in read)) continue;
    process.stderr.write(`${read.problems.join("\n")}\n`);
    process.exitCode = 2;
  }
  // npm runs this in the repository's folder; INIT_CWD is the user's.
  const flags = policyFlags(stackName, process.env["INIT_CWD"] ?? process.cwd(), values.thresholds);
  if (flags.some((flag) => /\s/.test(flag))) {
    process.stderr.write(
      "The path from this folder to the packs has a space, at which $(…) splits it: run the command in the repository's folder.\n",
    );
    process.exitCode = 1;
  }
  // Printed all the same: Pulumi refuses split options, and would accept none.
  process.stdout.write(flags.map((flag) => `${flag}\n`).join(""));
}

void main(process.argv.slice(2));
