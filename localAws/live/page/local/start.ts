import path from "node:path";

import { controlClientAt } from "../../host/control";
import { type PageServer, startPage } from "../server/server";
import { localStacks } from "./stacks";

export interface LocalPageOptions {
  /** The emulator's address. */
  readonly endpoint: string;
  /** The folder of the sockets that the box shares with the host process. */
  readonly sockets: string;
  /** The live region's folder on disk. */
  readonly folder: string;
  /** The site's address on loopback by the DNS name of its load balancer, if it has one. */
  readonly siteUrl?: (host: string) => string | undefined;
  /** Default: 4560 or the next free one; 0: any free one. */
  readonly port?: number;
}

/**
 * Serves the page of every stack of an emulator with a live region: `<url>/<stack>/`, and `<url>/` for the only one. It
 * reads nothing while no browser shows it.
 *
 * @throws Failure when no port is free.
 */
export async function startLocalPage(options: LocalPageOptions): Promise<PageServer> {
  const { endpoint, sockets, folder, siteUrl, port } = options;
  const stacks = localStacks({
    endpoint,
    control: controlClientAt(sockets),
    folder: path.join(folder, "page"),
    siteUrl,
  });
  const server = await startPage({ stacks, port });
  return {
    url: server.url,
    close: async () => {
      stacks.stop();
      await server.close();
    },
  };
}
