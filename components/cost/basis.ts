interface Capacity {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

/** The settings of a stack that its price depends on. */
export interface CostBasis {
  readonly network: {
    readonly natGateways: "none" | "single" | "perAz";
    readonly interfaceEndpoints: "oneZone" | "perAz";
  };
  readonly database: {
    readonly instanceClass: string;
    readonly allocatedStorageGiB: number;
    readonly storageType: "gp2" | "gp3";
    readonly multiAz: boolean;
    /** A stopped database costs only its storage. */
    readonly stopped?: boolean;
  };
  readonly fleet: {
    readonly image: { readonly source: "bake" | "existing" | "bootstrap" };
    readonly instanceType: string;
    readonly rootVolumeGiB: number;
    readonly subnets: "private" | "public";
    readonly capacity: Capacity;
    readonly schedules: readonly Capacity[];
    readonly targetTracking?: object | undefined;
    readonly paused: boolean;
    readonly uploads: "shared" | "local";
    readonly uploadsBackups: boolean;
    readonly siteHealthCheck: boolean;
    readonly mail?: { readonly method: "none" | "ses" } | undefined;
    readonly waf?: object | undefined;
    /** With a domain, the health check uses HTTPS. */
    readonly domain?: object | undefined;
  };
  /** Without it, no dashboard. */
  readonly monitoring?: { readonly dashboard: boolean } | undefined;
  readonly launcher: {
    readonly instanceType: string;
    readonly maxRunningServers: number;
  };
}

/** One part of the bill. */
export interface CostPart {
  readonly name: string;
  /** US dollars an hour; `undefined` if the price table does not have the type. */
  readonly dollarsPerHour: number | undefined;
}
