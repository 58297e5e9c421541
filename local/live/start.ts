import { emulatorFolder } from "../../engine/folders";
import type { RunResult } from "../../engine/run";
import { liveStatus, prepareImages, startLive } from "../../localAws/live";
import type { Context } from "../context";
import type { Session } from "../session";
import { addressesOf, type LiveAddresses } from "./addresses";

/** Makes the images that are missing, and starts the live region, unless it runs. */
export async function startRegion({ steps }: Context, { folders, target }: Session): Promise<void> {
  await steps.run("Images of the servers", (report) => prepareImages(report));
  await steps.run("Machines", (report) =>
    startLive({ endpoint: target.endpoint, folder: emulatorFolder(folders), report }),
  );
}

/** The addresses of the stack's site and page; undefined when no region runs. */
export function liveAddresses(
  { folders }: Session,
  stack: string,
  outputs: RunResult["outputs"],
): LiveAddresses | undefined {
  const live = liveStatus(emulatorFolder(folders));
  const name = outputs["loadBalancerDnsName"];
  return live.running ? addressesOf(live, stack, typeof name === "string" ? name : undefined) : undefined;
}
