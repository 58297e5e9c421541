import type { LoadBalancer, Place, World } from "../../world";

/** A web site behind a load balancer that faces the internet. */
export interface Site {
  readonly loadBalancerArn: string;
  /** The load balancer's own DNS name. */
  readonly dnsName: string;
  /** The host name that visitors use: its own domain, or the load balancer's DNS name. */
  readonly host: string;
  /** All host names that lead to the load balancer. */
  readonly names: readonly string[];
  /** The listener that answers with the site. */
  readonly scheme: "http" | "https";
  readonly port: number;
  /** The load balancer's public addresses. */
  readonly addresses: readonly string[];
}

export function sitesOf({ places }: World): readonly Site[] {
  return places.flatMap((place) => place.loadBalancers.flatMap((each) => siteOf(place, each) ?? []));
}

function siteOf(place: Place, loadBalancer: LoadBalancer): Site | undefined {
  const { arn, dnsName, interfaces, listeners } = loadBalancer;
  const addresses = interfaces.flatMap(({ publicIp }) => publicIp ?? []);
  const listener = listeners.find(({ protocol }) => protocol === "HTTPS") ?? listeners[0];
  if (addresses.length === 0 || listener === undefined) return undefined;
  const aliases = place.records.filter(({ alias, values }) => alias === dnsName || values.includes(dnsName));
  const domains = [...new Set(aliases.map(({ name }) => name.replace(/\.$/, "")))];
  return {
    loadBalancerArn: arn,
    dnsName,
    host: domains[0] ?? dnsName,
    names: [...domains, dnsName],
    scheme: listener.protocol === "HTTPS" ? "https" : "http",
    port: listener.port,
    addresses,
  };
}
