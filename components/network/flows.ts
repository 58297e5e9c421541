/** The settings that decide which traffic the network allows. */
export interface FlowPlan {
  /** Whether the load balancer has an HTTPS listener besides HTTP. */
  readonly https: boolean;
  /** Whether the private subnets have a NAT gateway. */
  readonly nat: boolean;
  readonly serverSubnets: "private" | "public";
  /** IPv4 ranges. */
  readonly sshFrom: readonly string[];
  readonly instanceConnectEndpoint: boolean;
  /** Whether the servers share a file system for uploads. */
  readonly sharedUploads: boolean;
  /** Whether a builder instance bakes the servers' image in this network. */
  readonly imageBuilder: boolean;
  /** Whether the servers send mail through SES. */
  readonly mail: boolean;
}

/** Everything that has a security group of this network. */
export type Party =
  | "loadBalancer"
  | "servers"
  | "database"
  | "uploads"
  | "imageBuilder"
  | "secretsEndpoint"
  | "mailEndpoint"
  | "connectEndpoint";

/** An end of a flow: a party, or a range of IPv4 addresses. */
export type End = { readonly party: Party } | { readonly cidrBlock: string };

/** TCP connections that one end may open to a port of the other end. */
export interface Flow {
  /** Unique. The rules that allow the flow have this name. */
  readonly name: string;
  readonly from: End;
  readonly to: End;
  readonly port: number;
}

export const ports = { ssh: 22, http: 80, https: 443, nfs: 2049, mariaDb: 3306 } as const;

const world: End = { cidrBlock: "0.0.0.0/0" };
const loadBalancer: End = { party: "loadBalancer" };
const servers: End = { party: "servers" };
const imageBuilder: End = { party: "imageBuilder" };

/** Only private subnets have a route to a NAT gateway; a server in a public subnet cannot use it. */
export const serversUseNat = ({ nat, serverSubnets }: Pick<FlowPlan, "nat" | "serverSubnets">): boolean =>
  nat && serverSubnets === "private";

/** The image builder needs internet access: through the NAT gateway if there is one, else with a public address. */
export const builderSubnets = ({ nat }: Pick<FlowPlan, "nat">): "private" | "public" =>
  nat ? "private" : "public";

/** Every connection that the site needs, and no other. Security groups are generated from this list. */
export function planFlows(plan: FlowPlan): readonly Flow[] {
  return [
    // Visitors. Port 80 stays open beside 443, for the redirect.
    { name: "visitors-http", from: world, to: loadBalancer, port: ports.http },
    ...when(plan.https, { name: "visitors-https", from: world, to: loadBalancer, port: ports.https }),
    // Pages and health checks. No other connections to servers: not from the internet, not from other servers.
    { name: "load-balancer-to-servers", from: loadBalancer, to: servers, port: ports.http },
    { name: "servers-to-database", from: servers, to: { party: "database" }, port: ports.mariaDb },
    ...when(plan.sharedUploads, {
      name: "servers-to-uploads",
      from: servers,
      to: { party: "uploads" },
      port: ports.nfs,
    }),
    ...(serversUseNat(plan)
      ? [
          // Debian's mirrors, whose packages are signed; AWS's APIs, WordPress.org.
          { name: "servers-to-mirrors", from: servers, to: world, port: ports.http },
          { name: "servers-to-internet", from: servers, to: world, port: ports.https },
        ]
      : [
          // The database's password, if servers cannot reach Secrets Manager through a NAT gateway.
          {
            name: "servers-to-secrets",
            from: servers,
            to: { party: "secretsEndpoint" as const },
            port: ports.https,
          },
          ...when(plan.mail, {
            name: "servers-to-mail",
            from: servers,
            to: { party: "mailEndpoint" },
            port: ports.https,
          }),
        ]),
    // Debian's mirrors. No connections to the builder.
    ...when(plan.imageBuilder, {
      name: "builder-to-mirrors",
      from: imageBuilder,
      to: world,
      port: ports.http,
    }),
    ...when(plan.imageBuilder, {
      name: "builder-to-internet",
      from: imageBuilder,
      to: world,
      port: ports.https,
    }),
    ...when(plan.instanceConnectEndpoint, {
      name: "connect-endpoint-to-servers",
      from: { party: "connectEndpoint" },
      to: servers,
      port: ports.ssh,
    }),
    ...plan.sshFrom.map((cidrBlock) => ({
      name: `ssh-from-${cidrBlock.replaceAll(/[./]/g, "-")}`,
      from: { cidrBlock },
      to: servers,
      port: ports.ssh,
    })),
  ];
}

const when = (condition: boolean, flow: Flow): readonly Flow[] => (condition ? [flow] : []);
