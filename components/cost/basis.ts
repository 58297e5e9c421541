interface Capacity {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

/** What the price of a stack depends on; a stack's settings have all of it. */
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
    /** Stopped, it costs its storage alone. */
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
    /** With one, the site is asked over HTTPS. */
    readonly domain?: object | undefined;
  };
  readonly launcher: {
    readonly instanceType: string;
    readonly maxRunningServers: number;
  };
}

/** One part of the bill. */
export interface CostPart {
  readonly name: string;
  /** US dollars an hour; `undefined` when the price table lacks the type. */
  readonly dollarsPerHour: number | undefined;
}
