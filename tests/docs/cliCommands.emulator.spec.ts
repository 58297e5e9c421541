import { expect } from "chai";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

import { sharedCache } from "../../cli/sharedCache";
import { findPulumi } from "../../engine/pulumiCli/command";
import { ensureEnvironment } from "../../localAws/emulator";
import { repository, repositoryFiles } from "../support/repositoryFiles";
import { cliCommandsOf, type CliCommand } from "./cliCommands";

const run = promisify(execFile);

const documents = repositoryFiles().filter((file) => file.endsWith(".md") && file !== "CHANGELOG.md");

function commandsOf(program: string): readonly CliCommand[] {
  return documents.flatMap((file) =>
    cliCommandsOf(readFileSync(path.join(repository, file), "utf8"), program),
  );
}

/** Options of every AWS CLI command; then what the CLI adds to the models, for some in version 2 alone. */
const globalAwsOptions = [
  "--query",
  "--output",
  "--max-items",
  "--filters",
  "--endpoint-url",
  "--region",
  "--profile",
];
const awsCustomizations: Readonly<Record<string, readonly string[]>> = {
  "ec2-instance-connect ssh": ["--connection-type", "--os-user", "--private-key-file", "--instance-id"],
  "cloudwatch put-metric-data": ["--metric-name", "--unit", "--value", "--dimensions"],
};

/** Prints the options of AWS's operations, by the models that the AWS CLI is made of. */
const optionsOfOperations = `
import json, sys
import botocore.session
from botocore import xform_name
session = botocore.session.get_session()
known = {}
for name in json.loads(sys.argv[1]):
    service, operation = name.split(" ")[:2]
    try:
        model = session.get_service_model(service)
    except botocore.exceptions.UnknownServiceError:
        continue
    for each in model.operation_names:
        if xform_name(each, "-") == operation:
            shape = model.operation_model(each).input_shape
            members = shape.members.items() if shape else []
            known[name] = [form for member, kind in members for form in
                ["--" + xform_name(member, "-")] + (["--no-" + xform_name(member, "-")] if kind.type_name == "boolean" else [])]
print(json.dumps(known))
`;

describe("the documents' commands of other programs", () => {
  it("are commands and options of the AWS CLI", async () => {
    const commands = commandsOf("aws").filter(({ name }) => name.includes(" "));
    expect(commands.length).to.be.above(20);
    const python = await ensureEnvironment({ report: () => undefined });
    const names = JSON.stringify([...new Set(commands.map(({ name }) => name))]);
    const { stdout } = await run(python, ["-I", "-c", optionsOfOperations, names]);
    const modelled = z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout));
    const wrong = commands.flatMap(({ name, options }) => {
      const own = [...(modelled[name] ?? []), ...(awsCustomizations[name] ?? [])];
      if (own.length === 0 && modelled[name] === undefined) return [`aws ${name}`];
      return options
        .filter((option) => !own.includes(option) && !globalAwsOptions.includes(option))
        .map((option) => `aws ${name} ${option}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("are commands and options of the Pulumi CLI", async () => {
    const commands = commandsOf("pulumi");
    expect(commands.length).to.be.above(20);
    const steps = { run: <T>(_: string, work: (say: () => void) => Promise<T>) => work(() => undefined) };
    const { command } = await findPulumi(sharedCache(process.env), steps);
    const helps = new Map<string, Promise<string>>();
    const helpOf = (name: string) => {
      const known =
        helps.get(name) ?? run(command, [...name.split(" "), "--help"]).then(({ stdout }) => stdout);
      helps.set(name, known);
      return known;
    };
    const wrong = await Promise.all(
      commands.map(async ({ name, options }) => {
        const [first = "", second] = name.split(" ");
        const words =
          ["stack", "config", "policy"].includes(first) && second !== undefined ? [first, second] : [first];
        const stdout = await helpOf(words.join(" "));
        // The help of an unknown subcommand is that of the command above it.
        const [, names = ""] = /^Aliases:\n {2}(.*)$/m.exec(stdout) ?? [];
        const isHelpOfIt =
          stdout.includes(`\n  pulumi ${words.join(" ")}`) || names.split(", ").includes(words.at(-1) ?? "");
        const unknown = options.filter((option) => !new RegExp(`(^|[ ,])${option}[ ,=]`, "m").test(stdout));
        return isHelpOfIt ? unknown.map((option) => `pulumi ${name} ${option}`) : [`pulumi ${name}`];
      }),
    );
    expect([...new Set(wrong.flat())]).to.deep.equal([]);
  });
});
