import type { Server } from "node:net";

import type { Interface } from "../world";

/** What a service needs from the network. */
export interface Attachments {
  /**
   * Puts interfaces of the VPC into the owner's own network namespace, with their addresses, routes and security groups.
   * A second call changes what differs.
   * @returns the namespace's name, for `ip netns exec`
   */
  readonly attach: (owner: string, vpcId: string, interfaces: readonly Interface[]) => Promise<string>;
  readonly detach: (owner: string) => Promise<void>;
  /** A listening server in a namespace; `undefined`: the box's own, the internet side. */
  readonly listen: (namespace: string | undefined, address: string, port: number) => Promise<Server>;
}
