import type { Server } from "node:net";
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from "node:tls";

import type { Certificate } from "./authority";

export interface TlsCertificates {
  /** For clients that ask for no name. */
  readonly standard: Certificate;
  /** For clients that ask for a name, in lower case; `undefined` refuses them. Default: the standard one. */
  readonly forName?: (serverName: string) => Promise<Certificate | undefined>;
  /** Whether to ask clients for a certificate of their own. It is not verified. Default: false. */
  readonly asksClient?: boolean;
}

/** Answers TLS on the connections of a listening server, with a certificate for the name that the client asks for. */
export function serveTls(
  server: Server,
  { standard, forName = () => Promise.resolve(standard), asksClient = false }: TlsCertificates,
  serve: (client: TLSSocket) => void,
): void {
  const contextFor = async (serverName: string): Promise<SecureContext> => {
    const certificate = await forName(serverName.toLowerCase());
    if (certificate === undefined) throw new Error(`There is no certificate for ${serverName}.`);
    return createSecureContext({ cert: certificate.certificate, key: certificate.key });
  };
  const tls = createServer(
    {
      minVersion: "TLSv1.2",
      cert: standard.certificate,
      key: standard.key,
      requestCert: asksClient,
      rejectUnauthorized: false,
      SNICallback: (serverName, answer) => {
        contextFor(serverName).then(
          (context) => {
            answer(null, context);
          },
          (error: unknown) => {
            answer(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
    },
    (client) => {
      // The client ended the connection: no answer can reach it.
      client.on("error", () => client.destroy());
      serve(client);
    },
  );
  server.on("connection", (socket) => tls.emit("connection", socket));
}
