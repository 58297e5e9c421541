import type { Vpc } from "../world";
import { addressAt } from "./ipv4";
import { internetDevice, internetHop, tableOf, type Link, type NatLink } from "./links";

export type RouteTarget = { readonly device: string; readonly via?: string } | "blackhole";

export interface Route {
  /** A number, or `main`: the addresses of the VPC, before the table of any subnet. */
  readonly table: number | "main";
  readonly destination: string;
  readonly target: RouteTarget;
}

export interface Routing {
  /** Which source addresses use which table, after `main`. */
  readonly tables: readonly { readonly source: string; readonly table: number }[];
  readonly routes: readonly Route[];
}

const local = "local";

/** Whether a route leads to a gateway endpoint; interface endpoints are no targets of routes. */
function isEndpoint(target: string): boolean {
  return target.startsWith("vpce-");
}

function targetOf(vpc: Vpc, target: string | null, nats: readonly NatLink[]): RouteTarget {
  const internet = { device: internetDevice, via: internetHop };
  if (target === null) return "blackhole";
  if (target === vpc.internetGatewayId) return internet;
  if (isEndpoint(target)) {
    const available = vpc.endpoints.some(({ id, state }) => id === target && state === "available");
    return available ? internet : "blackhole";
  }
  const nat = nats.find(({ id }) => id === target);
  return nat === undefined ? "blackhole" : { device: nat.device, via: nat.privateIp };
}

/** The ranges that some subnet reaches through a gateway endpoint, so without a public address. */
export function endpointRanges(vpc: Vpc): readonly string[] {
  const routes = vpc.subnets.flatMap((subnet) => subnet.routes);
  return routes.flatMap(({ target, destination }) =>
    target !== null && isEndpoint(target) ? [destination] : [],
  );
}

/**
 * The routes of a VPC. Everything in the VPC's ranges is decided first, then the table of the source's subnet; without
 * a route a packet is dropped silently.
 */
export function compileRoutes(vpc: Vpc, links: readonly Link[], nats: readonly NatLink[]): Routing {
  const host = (address: string, device: string): Route => ({
    table: "main",
    destination: `${address}/32`,
    target: { device },
  });
  const tables = vpc.subnets.map(({ id, cidr }) => ({ source: cidr, table: tableOf(id) }));
  return {
    tables,
    routes: withoutRepeated([
      ...vpc.cidrs.map((cidr): Route => ({ table: "main", destination: cidr, target: "blackhole" })),
      ...links.flatMap(({ device, interfaces }) => interfaces.map((each) => host(each.privateIp, device))),
      ...nats.map(({ privateIp, device }) => host(privateIp, device)),
      ...vpc.subnets.flatMap(({ id, routes }) =>
        routes
          .filter(({ target }) => target !== local)
          .map(({ destination, target }): Route => ({
            table: tableOf(id),
            destination,
            target: targetOf(vpc, target, nats),
          })),
      ),
    ]),
  };
}

/** A table has one route to a range: two prefix lists can have the same range. */
function withoutRepeated(routes: readonly Route[]): readonly Route[] {
  const seen = new Set<string>();
  return routes.filter(({ table, destination }) => {
    const key = `${table} ${destination}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function targetText(target: RouteTarget): string {
  if (target === "blackhole") return "";
  return target.via === undefined
    ? ` dev ${target.device}`
    : ` via ${target.via} dev ${target.device} onlink`;
}

/** What `ip` has to add to the VPC's namespace; the same line with `del` in place of `add` removes it. */
export function routingCommands(vpc: Vpc, { tables, routes }: Routing): readonly string[] {
  const routers = vpc.subnets.map(({ cidr }) => addressAt(cidr, 1));
  const [primary] = vpc.cidrs;
  return [
    ...routers.map((address) => `address add ${address}/32 dev lo`),
    ...(primary === undefined ? [] : [`address add ${addressAt(primary, 2)}/32 dev lo`]),
    ...tables.map(({ source, table }) => `rule add pref 1000 from ${source} lookup ${table}`),
    ...routes.map(({ table, destination, target }) => {
      const kind = target === "blackhole" ? "blackhole " : "";
      return `route add ${kind}${destination}${targetText(target)} table ${table}`;
    }),
  ];
}
