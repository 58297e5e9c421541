import type { RunningLive } from "../../localAws/live";

/** Where a live stack is reached on this machine. */
export interface LiveAddresses {
  /** The site, e.g. `http://127.0.0.1:8080`; undefined while it has no load balancer. */
  readonly site: string | undefined;
  /** The page to watch. */
  readonly page: string | undefined;
  /** A command that resolves the load balancer's name; undefined without one. */
  readonly lookup: string | undefined;
}

/** The addresses of a stack with this load balancer. */
export function addressesOf(
  live: RunningLive,
  stack: string,
  loadBalancerName: string | undefined,
): LiveAddresses {
  const { ways } = live;
  const isKnown = loadBalancerName !== undefined && ways.dnsPort !== null;
  return {
    site: ways.sites.find(({ host }) => host === loadBalancerName)?.url,
    page: ways.page === null ? undefined : `${ways.page}/${stack}/`,
    lookup: isKnown ? `nslookup -port=${ways.dnsPort} ${loadBalancerName} 127.0.0.1` : undefined,
  };
}
