import {
  request as httpRequest,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Server as TcpServer } from "node:net";

/** Where packages come from: the package proxy outside of the box, and the mirrors that it serves. */
export interface Registries {
  readonly socket: string;
  /** The addresses that the host's apt uses for Debian, and for its security updates. */
  readonly main: string;
  readonly security: string;
}

/** Debian's own addresses, which machines have in their sources. */
const official = {
  main: "http://deb.debian.org/debian",
  security: ["http://deb.debian.org/debian-security", "http://security.debian.org/debian-security"],
} as const;

interface Place {
  /** An address that machines use. */
  readonly from: string;
  /** The mirror that answers. */
  readonly to: string;
}

/** Longer addresses first: `/debian-security` begins like `/debian`. */
function placesOf({ main, security }: Registries): readonly Place[] {
  const places = [
    ...[...official.security, security].map((from) => ({ from, to: security })),
    ...[official.main, main].map((from) => ({ from, to: main })),
  ];
  return places.toSorted((one, other) => other.from.length - one.from.length);
}

/** The host names and ports at which machines reach the registries. */
export function registryHosts(
  registries: Registries,
): readonly { readonly host: string; readonly port: number }[] {
  const hosts = placesOf(registries).map(({ from }) => new URL(from).host);
  return [...new Set(hosts)].map((each) => {
    const { hostname, port } = new URL(`http://${each}`);
    return { host: hostname, port: port === "" ? 80 : Number(port) };
  });
}

/** The mirror's URL for a request to a registry; undefined when no registry has it. */
export function mirrorUrl(registries: Registries, host: string, path: string): string | undefined {
  const url = `http://${host.replace(/:80$/, "")}${path}`;
  const place = placesOf(registries).find(({ from }) => url.startsWith(`${from}/`));
  return place === undefined ? undefined : `${place.to}${url.slice(place.from.length)}`;
}

function forward(registries: Registries, request: IncomingMessage, response: ServerResponse): void {
  const url = mirrorUrl(registries, request.headers.host ?? "", request.url ?? "");
  if (url === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
    response.writeHead(404).end("This registry has Debian's packages only.\n");
    return;
  }
  const { host } = new URL(url);
  const headers = { ...request.headers, host };
  const upstream = httpRequest(
    { socketPath: registries.socket, path: url, method: request.method, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once("error", () => response.destroy());
    },
  );
  upstream.once("error", (error) => {
    if (!response.headersSent) response.writeHead(502);
    response.end(`The package proxy does not answer: ${error.message}\n`);
  });
  response.once("close", () => upstream.destroy());
  upstream.end();
}

/** Serves the registries on servers that listen on their internet addresses, without a setting on any machine. */
export function serveRegistries(registries: Registries, servers: readonly TcpServer[]): Server {
  const http = createServer((request, response) => {
    forward(registries, request, response);
  });
  for (const server of servers) server.on("connection", (socket) => http.emit("connection", socket));
  return http;
}
