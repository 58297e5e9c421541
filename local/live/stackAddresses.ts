import { readCheckpoint } from "../../engine/checkpoint";
import { projectName } from "../../engine/settingsFile";
import type { RunningLive } from "../../localAws/live";
import type { Context } from "../context";
import { addressesOf, type LiveAddresses } from "./addresses";

/** The addresses of the stack that the command names, from Pulumi's state. */
export async function stackAddresses(
  { folders, invocation }: Context,
  live: RunningLive,
): Promise<LiveAddresses> {
  const checkpoint = await readCheckpoint(folders, projectName, invocation.stack);
  const name = checkpoint?.outputs["loadBalancerDnsName"];
  return addressesOf(live, invocation.stack, typeof name === "string" ? name : undefined);
}
