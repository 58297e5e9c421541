/** What the traffic that the network lets through depends on. */
export interface FlowPlan {
  /** Whether the load balancer answers HTTPS besides HTTP. */
  readonly https: boolean;
  /** Whether the private subnets have a NAT gateway. */
  readonly nat: boolean;
  readonly serverSubnets: "private" | "public";
  /** IPv4 ranges. */
  readonly sshFrom: readonly string[];
  readonly instanceConnectEndpoint: boolean;
  /** Whether the servers keep uploads on a file system that they share. */
  readonly sharedUploads: boolean;
  /** Whether the servers' image is baked here, on a machine of its own. */
  readonly imageBuilder: boolean;
  /** Whether the servers send mail, through SES. */
  readonly mail: boolean;
}

/** What has a security group of ours. */
export type Party =
  | "loadBalancer"
  | "servers"
  | "database"
  | "uploads"
  | "imageBuilder"
  | "secretsEndpoint"
  | "mailEndpoint"
  | "connectEndpoint";

/** An end of a flow: one of ours, or a range of IPv4 addresses. */
export type End = { readonly party: Party } | { readonly cidrBlock: string };

/** TCP connections that one end may open to a port of the other. */
export interface Flow {
  /** Tells it from the others; the resources that let it through are named after it. */
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

/** Only private subnets route through a NAT gateway: a server in a public one cannot use it. */
export const serversUseNat = ({ nat, serverSubnets }: Pick<FlowPlan, "nat" | "serverSubnets">): boolean =>
  nat && serverSubnets === "private";

/** The builder of images needs a way out: through the NAT gateway where there is one, else by an address of its own. */
export const builderSubnets = ({ nat }: Pick<FlowPlan, "nat">): "private" | "public" =>
  nat ? "private" : "public";

/** Every connection that the site needs, and no other. Security groups and network ACLs come from this list. */
export function planFlows(plan: FlowPlan): readonly Flow[] {
  return [
    // Visitors. Port 80 stays open beside 443, for the redirect.
    { name: "visitors-http", from: world, to: loadBalancer, port: ports.http },
    ...when(plan.https, { name: "visitors-https", from: world, to: loadBalancer, port: ports.https }),
    // Pages and health checks. Nobody else speaks to a server: not the world, not another server.
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
          // Debian's mirrors, whose packages carry their own signatures; AWS's own APIs, WordPress.org.
          { name: "servers-to-mirrors", from: servers, to: world, port: ports.http },
          { name: "servers-to-internet", from: servers, to: world, port: ports.https },
        ]
      : [
          // The database's password, where no NAT gateway leads to Secrets Manager.
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
    // Debian's mirrors; nobody speaks to the builder.
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
