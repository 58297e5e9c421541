import { policyFlags } from "../policies/stackPacks";

/** `npm run policy:flags -- prod`: what Pulumi's CLI takes so that the packs hold a stack, a word a line. */
function main([stackName]: readonly string[]): void {
  if (stackName === undefined) {
    process.stderr.write("usage: npm run policy:flags -- STACK, e.g. prod\n");
    process.exitCode = 2;
    return;
  }
  process.stdout.write(
    policyFlags(stackName)
      .map((word) => `${word}\n`)
      .join(""),
  );
}

main(process.argv.slice(2));
