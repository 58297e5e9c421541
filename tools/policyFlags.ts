import { parseArgs } from "node:util";

import { readConfiguration } from "../policies/configuration/file";
import { defaultExceptionsFile, readExceptions } from "../policies/exceptions/file";
import { defaultLevelsFile, readLevels } from "../policies/levels/file";
import { packs, packsOf } from "../policies/packs";
import { policyFlags } from "../policies/stackPacks";

/**
 * `npm run policy:flags -- prod`: the options with which Pulumi's CLI applies the stack's packs, one per line.
 *
 * Problems with thresholds, exceptions and levels go to standard error. The options are printed in this case too: without them, `pulumi up $(…)`
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
  const problems = await problemsOf(stackName, values.thresholds);
  if (problems.length > 0) {
    process.stderr.write(`${problems.join("\n")}\n`);
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

/** All that is wrong with the files that configure the stack's packs. */
async function problemsOf(stackName: string, thresholds: string | undefined): Promise<readonly string[]> {
  const read = await Promise.all(
    packsOf(stackName, thresholds).map(async ({ pack, configFile }) => {
      if (configFile === undefined) return [];
      const configuration = await readConfiguration(pack, configFile);
      return "problems" in configuration ? configuration.problems : [];
    }),
  );
  const names = { packs, areAllPacks: true };
  return [
    ...read.flat(),
    ...readExceptions(defaultExceptionsFile, names).problems,
    ...readLevels(defaultLevelsFile, names).problems,
  ];
}

void main(process.argv.slice(2));
