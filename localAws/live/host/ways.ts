import { rmSync } from "node:fs";
import path from "node:path";

import { messageOf } from "../../../cli/failure";
import type { Dialer } from "../dial";
import { startPackageProxy } from "../images/packageProxy";
import { controlClientAt } from "./control";
import { startHostDns } from "./dns";
import { startDoors } from "./door/doors";
import type { Ways } from "./layout";
import { ownAddresses, Publisher, publishVariable } from "./publish";
import { openTunnel } from "./tunnel";

export interface WaysOptions {
  /** The folder that the box shares with this process. */
  readonly sockets: string;
  readonly endpoint: string;
  /** The region's folder on disk. */
  readonly folder: string;
  /** Connects to an address of the region's internet. */
  readonly dial: Dialer["dial"];
  readonly log: (line: string) => void;
  /** Called after each change. */
  readonly changed: (ways: Ways) => void;
}

export const noWays: Ways = { page: null, dnsPort: null, sites: [] };

/**
 * Starts the servers outside the box: addresses on loopback, and the way to Debian's packages. They serve every region
 * of this process, one after the other. @returns how to close them
 */
export function startWays({ sockets, endpoint, folder, dial, log, changed }: WaysOptions): () => void {
  let ways = noWays;
  const change = (part: Partial<Ways>): void => {
    ways = { ...ways, ...part };
    publisher?.open([ways.page, ...ways.sites.map(({ url }) => url)]);
    changed(ways);
  };
  const isPublic = (process.env[publishVariable] ?? "") !== "";
  const publisher = isPublic ? new Publisher(ownAddresses(), log) : undefined;
  const packagesSocket = path.join(sockets, "packages.sock");
  rmSync(packagesSocket, { force: true });
  // Only servers that install packages need it, so the start does not wait for it.
  const starting = startPackageProxy(packagesSocket).catch((error: unknown) => {
    log(`Debian's packages are not available to servers: ${messageOf(error)}`);
  });
  const doors = startDoors({
    endpoint,
    portsFile: path.join(folder, "sitePorts.json"),
    log,
    dial,
    authority: () => controlClientAt(sockets).text("/authority"),
    changed: (sites) => {
      change({ sites: [...sites] });
    },
  });
  changed(noWays);
  const siteUrl = (host: string): string | undefined => ways.sites.find((site) => site.host === host)?.url;
  const page = import("../page/page.ts")
    .then(({ startLocalPage }) => startLocalPage({ endpoint, sockets, folder, siteUrl }))
    .catch((error: unknown) => {
      log(`There is no page to watch: ${messageOf(error)}`);
    });
  void page.then((started) => {
    change({ page: started?.url ?? null });
  });
  const dns = startHostDns(0, controlClientAt(sockets), (error) => {
    log(`DNS: ${messageOf(error)}`);
  }).catch((error: unknown) => {
    log(`No name of the region can be looked up: ${messageOf(error)}`);
  });
  void dns.then((started) => {
    change({ dnsPort: started?.port ?? null });
  });
  const tunnel = openTunnel(sockets, dial).catch((error: unknown) => {
    log(`Programs outside cannot connect to the region: ${messageOf(error)}`);
  });
  return () => {
    void tunnel.then((opened) => {
      opened?.close();
      opened?.closeAllConnections();
    });
    void dns.then((started) => {
      started?.close();
    });
    doors.close();
    void publisher?.close();
    void page.then((started) => started?.close());
    void starting.then((packages) => {
      packages?.close();
      packages?.closeAllConnections();
    });
  };
}
