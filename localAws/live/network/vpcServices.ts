import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import type { Vpc } from "../world";
import { serveTcp, serveUdp, type AnswerDns } from "./dnsServer";
import { linkLocal, resolverAddresses } from "./firewall";
import { closeSockets, openSockets, type OpenedSockets, type SocketRequest } from "./sockets";

const dnsPort = 53;
const metadataPort = 80;

/** Answers a request to the metadata service; the request's remote address is that of the instance in the VPC. */
export type MetadataHandler = (vpcId: string, request: IncomingMessage, response: ServerResponse) => void;

export interface VpcServiceHandlers {
  readonly answerDns: AnswerDns;
  readonly metadata: MetadataHandler;
  readonly report: (error: unknown) => void;
}

/** Opens the resolver and the metadata service in the VPC's namespace. Its addresses must exist. */
export async function startVpcServices(vpc: Vpc, handlers: VpcServiceHandlers): Promise<() => void> {
  const { answerDns, metadata, report } = handlers;
  const resolvers = resolverAddresses({ ...vpc, dnsSupport: true });
  const requests: readonly SocketRequest[] = [
    ...resolvers.flatMap((address) => [
      { kind: "udp" as const, address, port: dnsPort },
      { kind: "tcp" as const, address, port: dnsPort },
    ]),
    { kind: "tcp", address: linkLocal.metadata, port: metadataPort },
  ];
  const sockets: OpenedSockets = await openSockets(vpc.id, requests);
  const http = createServer((request, response) => {
    metadata(vpc.id, request, response);
  });
  for (const datagram of sockets.datagrams) serveUdp(datagram, answerDns, report);
  for (const server of sockets.servers) {
    const address = server.address();
    const isDns = address !== null && typeof address === "object" && address.port === dnsPort;
    if (isDns) serveTcp(server, answerDns, report);
    else server.on("connection", (socket) => http.emit("connection", socket));
  }
  return () => {
    closeSockets(sockets);
    http.closeAllConnections();
  };
}
