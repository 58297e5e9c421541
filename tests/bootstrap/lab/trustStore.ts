import { createServer } from "node:https";

import type { Certificate } from "../../../localAws/live/services/authority";
import { addresses, region } from "./addresses";

/** RDS's trust store: the certificate authorities of a region's databases, as PEM. */
export async function startTrustStore({ certificate, key }: Certificate, authority: string): Promise<void> {
  const server = createServer({ cert: certificate, key }, (request, response) => {
    if (request.url === `/${region}/${region}-bundle.pem`) response.end(authority);
    else response.writeHead(403).end();
  });
  await new Promise<void>((resolve) => server.listen(443, addresses.trustStore, resolve));
}
