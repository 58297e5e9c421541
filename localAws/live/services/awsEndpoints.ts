import type { Server as HttpServer } from "node:http";
import type { Server } from "node:net";

import type { Part, PartContext } from "../region/part";
import type { Vpc, World } from "../world";
import type { Attachments } from "./attachments";
import type { Authority } from "./authority";
import { endpointHost, publicHosts } from "./awsNames";
import { awsProxy } from "./awsProxy";
import { serveTls } from "./tlsServer";

/** The network, with addresses of the internet. */
export interface PublicNetwork extends Attachments {
  /** The internet's address of a service by its host name. The VPCs' resolvers then know the name. */
  readonly publicAddressOf: (host: string) => Promise<string>;
}

export interface AwsEndpointsOptions {
  readonly context: Pick<PartContext, "endpoint" | "log">;
  readonly authority: Authority;
  readonly network: PublicNetwork;
  /** The secret key of an instance's session token; `undefined` for an unknown one. */
  readonly secretOf: (sessionToken: string) => string | undefined;
}

const httpsPort = 443;
type Endpoint = Vpc["endpoints"][number];

/**
 * AWS's services by their own names and certificates: on the internet, and at the interface endpoints of VPCs. Who can
 * connect depends on routes, security groups and ACLs.
 */
export class AwsEndpoints implements Part {
  readonly name = "AWS endpoints";
  private readonly proxy: HttpServer;
  /** By host name. */
  private readonly onInternet = new Map<string, Server>();
  /** By the endpoint's id. */
  private readonly inVpcs = new Map<string, readonly Server[]>();

  constructor(private readonly options: AwsEndpointsOptions) {
    const { context, authority, secretOf } = options;
    this.proxy = awsProxy({ endpoint: context.endpoint, bundle: authority.bundle, secretOf });
  }

  async reconcile(world: World): Promise<void> {
    const regions = [...new Set(world.places.map(({ region }) => region))];
    for (const host of publicHosts(regions)) if (!this.onInternet.has(host)) await this.openOnInternet(host);
    const wanted = new Set<string>();
    for (const vpc of world.places.flatMap(({ vpcs }) => vpcs)) {
      for (const endpoint of vpc.endpoints) {
        if (endpoint.type !== "Interface" || endpoint.state === "deleting" || endpoint.state === "deleted")
          continue;
        wanted.add(endpoint.id);
        if (!this.inVpcs.has(endpoint.id)) await this.openInVpc(vpc.id, endpoint);
      }
    }
    for (const id of this.inVpcs.keys()) if (!wanted.has(id)) await this.closeInVpc(id);
  }

  async stop(): Promise<void> {
    for (const id of this.inVpcs.keys()) await this.closeInVpc(id);
    for (const server of this.onInternet.values()) server.close();
    this.onInternet.clear();
    this.proxy.closeAllConnections();
  }

  private async openOnInternet(host: string): Promise<void> {
    const { authority, network } = this.options;
    const server = await network.listen(undefined, await network.publicAddressOf(host), httpsPort);
    const certificate = await authority.issue([host, `*.${host}`]);
    serveTls(server, { standard: certificate }, (client) => this.proxy.emit("connection", client));
    this.onInternet.set(host, server);
  }

  private async openInVpc(vpcId: string, { id, service, interfaces }: Endpoint): Promise<void> {
    const { authority, network, context } = this.options;
    const names = endpointHost(service);
    if (names === undefined) {
      context.log(`endpoint ${id}: the service ${service} has no endpoint here`);
      return;
    }
    const namespace = await network.attach(id, vpcId, interfaces);
    const certificate = await authority.issue([names.host, `*.${names.host}`, `*.${vpceHost(names.host)}`]);
    const servers: Server[] = [];
    for (const { privateIp } of interfaces) {
      const server = await network.listen(namespace, privateIp, httpsPort);
      serveTls(server, { standard: certificate }, (client) => this.proxy.emit("connection", client));
      servers.push(server);
    }
    this.inVpcs.set(id, servers);
  }

  private async closeInVpc(id: string): Promise<void> {
    for (const server of this.inVpcs.get(id) ?? []) server.close();
    this.inVpcs.delete(id);
    await this.options.network.detach(id);
  }
}

/** `secretsmanager.us-east-1.amazonaws.com` → `secretsmanager.us-east-1.vpce.amazonaws.com`, below the endpoint's id. */
function vpceHost(host: string): string {
  return host.replace(/\.amazonaws\.com$/, ".vpce.amazonaws.com");
}
