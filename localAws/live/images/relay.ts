import { connect, createServer, type NetConnectOpts, type Server } from "node:net";

/** A TCP port that forwards every connection. */
export interface Relay {
  readonly port: number;
  readonly close: () => void;
}

export async function relay(address: string, to: NetConnectOpts): Promise<Relay> {
  const server: Server = createServer((client) => {
    const upstream = connect(to);
    client.pipe(upstream).pipe(client);
    client.once("error", () => upstream.destroy());
    upstream.once("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error(`The relay on ${address} has no port.`);
  return {
    port: bound.port,
    close: () => {
      server.close();
    },
  };
}
