import path from "node:path";

import { Misuse } from "../../cli/failure";
import { passThrough } from "../../cli/passThrough";
import { sharedCache } from "../../cli/sharedCache";
import { cliProcess, type CliProcess } from "../../engine/cliProcess";
import { emulatorFolder } from "../../engine/folders";
import { findPulumi } from "../../engine/pulumiCli/command";
import { requireStackFile, settingsFile } from "../../engine/settingsFile";
import { openStackState } from "../../engine/stackState";
import { accountIdOf } from "../../localAws/accounts";
import { startClock } from "../../localAws/clock";
import type { Context } from "../context";
import { throughCommand } from "../localCommand";
import { startLanguageHost } from "../officialCli/start";
import { planPulumi, withAbsolutePaths, type PulumiRun } from "../pulumiWords";
import { changing } from "../recover";
import { withSession } from "../session";
import { sessionOptions } from "./shared";

/**
 * Runs the Pulumi CLI on the stack, with this run's state, settings, secrets, providers and program.
 *
 * @throws Misuse when the command cannot work here
 */
export async function pulumi(context: Context): Promise<void> {
  const { invocation, folders } = context;
  await requireStackFile(folders, invocation.stack);
  const planned = planPulumi(invocation.words);
  switch (planned.kind) {
    case "refused":
      throw new Misuse([
        `pulumi ${invocation.words.join(" ")} does not work here: ${planned.reason}.`,
        `What works: ${throughCommand(invocation, "pulumi", "--help")}`,
      ]);
    case "state":
      return onState(context, planned.isConfig);
    case "engine":
      return withEngine(context, planned);
  }
}

async function onState(context: Context, isConfig: boolean): Promise<void> {
  const { folders, invocation, steps } = context;
  const { stack: stackName } = invocation;
  const command = await findPulumi(sharedCache(process.env), steps);
  const accountId = accountIdOf(stackName);
  const stack = await openStackState({ folders, stackName, accountId, command });
  // Each run overwrites the engine's copy of the settings, so commands read and change the user's own file.
  const settings = { PULUMI_OPTION_CONFIG_FILE: path.join(folders.project, settingsFile(stackName)) };
  context.endWith(await run(context, cliProcess(stack), isConfig ? settings : {}));
}

/** The stack's policy packs apply as in `up`; the CLI adds the packs of the command line. */
async function withEngine(
  context: Context,
  { changes, takesPacks }: Extract<PulumiRun, { kind: "engine" }>,
): Promise<void> {
  const { words } = context.invocation;
  await withSession(
    sessionOptions(context, `runs pulumi ${words.join(" ")}`, takesPacks),
    async (session) => {
      const languageHost = await startLanguageHost();
      try {
        const work = async () => {
          if (changes && takesPacks) {
            await startClock({ endpoint: session.target.endpoint, folder: emulatorFolder(session.folders) });
          }
          return run(
            context,
            cliProcess(session.stack),
            { PULUMI_DEBUG_LANGUAGES: languageHost.debugLanguages },
            session.policyPacks,
          );
        };
        context.endWith(await (changes ? changing(context, session, work) : work()));
      } finally {
        languageHost.close();
      }
    },
  );
}

function run(
  { invocation, interrupt }: Context,
  { command, folder, environment }: CliProcess,
  more: NodeJS.ProcessEnv,
  policyPacks: readonly string[] = [],
): Promise<number> {
  const words = withAbsolutePaths(invocation.words, process.cwd());
  return interrupt.finishing(() =>
    passThrough({
      command,
      words: [...words, ...policyPacks.map((folder) => `--policy-pack=${folder}`)],
      folder,
      environment: { ...withoutOptions(environment), PULUMI_STACK: invocation.stack, ...more },
    }),
  );
}

/** Every option of the CLI can be an environment variable: the user's variables are for other stacks. */
function withoutOptions(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_OPTION_")),
  );
}
