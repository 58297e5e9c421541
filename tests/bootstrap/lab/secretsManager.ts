import { connect } from "node:net";
import { createServer } from "node:tls";

import type { Certificate } from "../../../localAws/live/services/authority";
import { addresses } from "./addresses";

/** Secrets Manager's own name and TLS port, served by the emulator. */
export async function startSecretsManager(
  { certificate, key }: Certificate,
  emulator: string,
): Promise<void> {
  const { hostname, port } = new URL(emulator);
  const server = createServer({ cert: certificate, key }, (client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    client.once("error", () => upstream.destroy());
    upstream.once("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(443, addresses.secretsManager, resolve));
}
