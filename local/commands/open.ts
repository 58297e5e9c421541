import { spawn } from "node:child_process";

import { isAtTerminal } from "../../cli/commandProcess";
import { Failure } from "../../cli/failure";
import type { Context } from "../context";
import { requireRegion } from "../live/region";
import { stackAddresses } from "../live/stackAddresses";
import { localCommand } from "../localCommand";

/** Prints the addresses of the site and of the page to watch, and opens the site in a browser where one is. */
export async function open(context: Context): Promise<void> {
  await show(context, "site");
}

/** Prints the address of the page to watch, and opens it in a browser where one is. */
export async function openPage(context: Context): Promise<void> {
  await show(context, "page");
}

async function show(context: Context, what: "site" | "page"): Promise<void> {
  const { live } = await requireRegion(context);
  const addresses = await stackAddresses(context, live);
  context.learn(addresses);
  const { site, page, lookup } = addresses;
  const address = addresses[what];
  if (address === undefined) {
    throw new Failure(
      `The stack ${context.invocation.stack} has no ${what} yet.`,
      `Create it: ${localCommand(context.invocation)}`,
    );
  }
  context.conclude(
    [
      ...(site === undefined ? [] : [`Site   ${site}`]),
      ...(page === undefined ? [] : [`Watch  ${page}`]),
      ...(lookup === undefined ? [] : [`DNS    ${lookup}`]),
    ].join("\n"),
  );
  if (isAtTerminal() && !context.invocation.json) openBrowser(address);
}

/** Uses the desktop's own command; a machine without a desktop has no browser to open. */
function openBrowser(address: string): void {
  const command = process.platform === "darwin" ? "open" : "xdg-open";
  spawn(command, [address], { stdio: "ignore", detached: true })
    // No desktop: the printed address is enough.
    .once("error", () => undefined)
    .unref();
}
