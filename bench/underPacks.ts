/** Previews the stack `local` like `npm run local -- preview`, with all packs or with none. */
import "../engine/patches/singleProgram";

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { listenForInterrupts } from "../cli/interrupt";
import { screenOn } from "../cli/screen";
import { stepsOn } from "../cli/steps";
import { runEngine } from "../engine/engineRun";
import { foldersOf } from "../engine/folders";
import { withSession } from "../local/session";
import { packNames, type StackPack } from "../policies/stackPacks";

async function main([which, localFolder]: readonly string[]): Promise<void> {
  if (localFolder === undefined || (which !== "all" && which !== "none")) {
    throw new TypeError("usage: underPacks all|none LOCAL_FOLDER");
  }
  const repository = path.resolve(__dirname, "..");
  const folders = foldersOf({ repository, local: localFolder });
  const packs = which === "all" ? await allPacks(localFolder) : [];
  const screen = screenOn(process.stderr);
  const steps = stepsOn(screen);
  const context = { screen, steps, interrupt: listenForInterrupts(screen.print), learn: () => undefined };
  const options = { folders, stackName: "local", port: undefined, packs, doing: "measures", steps, screen };
  await withSession(options, async (session) => {
    const { resources, policiesPassed, policiesViolated } = await runEngine(context, session, {
      title: "Previewing",
      isPreview: true,
      run: async (given) => (await import("../engine/engine.ts")).previewStack(session.stack, given),
    });
    console.log(`${resources} resources, ${policiesPassed} policies passed, ${policiesViolated} not`);
  });
  process.exit();
}

/** All packs check the stack; those for other stacks are advisory, so that the preview finishes. */
async function allPacks(localFolder: string): Promise<readonly StackPack[]> {
  const configFile = path.join(localFolder, "advisory.json");
  await mkdir(localFolder, { recursive: true });
  await writeFile(configFile, '{ "all": "advisory" }');
  const policies = path.resolve(__dirname, "..", "policies");
  return packNames.map((name) => ({ name, folder: path.join(policies, name), configFile }));
}

void main(process.argv.slice(2));
