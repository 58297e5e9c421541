import { messageOf } from "../../cli/failure";
import type { InventoryClients } from "../inventory/clients";
import type { Resource } from "../inventory/resource";
import { typeOf } from "../inventory/types";
import { nameOf } from "../preflight/client";

/** What stopping a resource led to. */
export interface Stopped {
  readonly resource: Resource;
  /** Why AWS refused; undefined when it stops. */
  readonly refused: string | undefined;
}

/**
 * What a pause stops, in order: groups first, because a group starts a server again that is stopped. A group ends its own
 * servers.
 */
export function toStop(own: readonly Resource[]): readonly Resource[] {
  const groups = new Set(own.filter(({ kind }) => kind === "group").map(({ id }) => id));
  return own.filter(({ running, goesWith }) => running && (goesWith === undefined || !groups.has(goesWith)));
}

/** Stops each, until a user starts it again. A refusal does not keep it from stopping the others. */
export async function stopAll(
  clients: InventoryClients,
  resources: readonly Resource[],
): Promise<readonly Stopped[]> {
  const stopped: Stopped[] = [];
  for (const resource of resources) {
    const stop = typeOf(resource.kind).stop;
    if (stop === undefined) continue;
    try {
      await stop(clients, resource.id);
      stopped.push({ resource, refused: undefined });
    } catch (error) {
      stopped.push({ resource, refused: `${nameOf(error)}: ${messageOf(error)}` });
    }
  }
  return stopped;
}
