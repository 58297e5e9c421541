import { connect, createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";

import { join, listen } from "../region/relays";

/**
 * A container's runtime publishes a port from the container's own address, where no server of ours listens: they are on
 * loopback. Set, and not empty, it opens the same ports there. The docker line in docs/live.md sets it.
 */
export const publishVariable = "WORDPRESS_ON_AWS_PUBLISH";

/** This system's addresses other than loopback. */
export function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ address, family, internal }) =>
      family === "IPv4" && !internal ? [address] : [],
    ),
  );
}

/** Makes ports of loopback reachable at other addresses. */
export class Publisher {
  private readonly servers = new Map<string, Promise<Server>>();

  constructor(
    private readonly addresses: readonly string[],
    private readonly log: (line: string) => void,
  ) {}

  /** Opens the ports of these URLs, each once. Ports stay open: a site keeps its port. */
  open(urls: readonly (string | null)[]): void {
    for (const url of urls) {
      if (url === null) continue;
      const port = Number(new URL(url).port);
      for (const host of this.addresses) this.openAt(host, port);
    }
  }

  async close(): Promise<void> {
    for (const server of this.servers.values()) (await server).close();
  }

  private openAt(host: string, port: number): void {
    const key = `${host}:${port}`;
    if (this.servers.has(key)) return;
    const server = createServer((client) => {
      join(client, connect({ host: "127.0.0.1", port }));
    });
    const listening = listen(server, { host, port }).catch((error: unknown) => {
      this.log(`${key} is not published: ${String(error)}`);
      return server;
    });
    this.servers.set(key, listening);
  }
}
