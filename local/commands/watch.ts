import path from "node:path";

import { Failure } from "../../cli/failure";
import { emulatorFolder } from "../../engine/folders";
import { followAsText, localStacks } from "../../localAws/live/page/page";
import type { Context } from "../context";
import { requireRegion } from "../live/region";
import { localCommand } from "../localCommand";
import { openPage } from "./open";

/** Shows the stack while it changes: a page, or with `--text` lines until Ctrl-C. */
export async function watch(context: Context): Promise<void> {
  await (context.invocation.text ? watchAsText(context) : openPage(context));
}

async function watchAsText(context: Context): Promise<void> {
  const { folders, interrupt, invocation } = context;
  const { live, control } = await requireRegion(context);
  const stacks = localStacks({
    endpoint: live.endpoint,
    control,
    folder: path.join(emulatorFolder(folders), "live", "page"),
    siteUrl: (host) => live.ways.sites.find((site) => site.host === host)?.url,
  });
  const stack = await stacks.find(invocation.stack);
  if (stack === undefined) {
    throw new Failure(
      `The stack ${invocation.stack} has no site yet.`,
      `Create it: ${localCommand(invocation)}`,
    );
  }
  const print = (line: string): void => {
    context.conclude(line);
  };
  await followAsText(stack.watch, print, interrupt.signal);
}
