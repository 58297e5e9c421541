type Source = "bake" | "existing" | "bootstrap";

/**
 * The shortest grace period and warm-up that the settings allow, in seconds. nginx starts last, so a server is unhealthy
 * until its boot has ended: with a shorter grace period Auto Scaling replaces it, and every server after it. A golden image
 * boots in 35 to 60 s; Debian installs WordPress at its first boot, which takes minutes.
 */
export const leastBootSeconds: Readonly<Record<Source, number>> = {
  bake: 180,
  existing: 180,
  bootstrap: 900,
};

/** The defaults of both settings, in seconds. */
const defaultBootSeconds: Readonly<Record<Source, number>> = { bake: 300, existing: 300, bootstrap: 900 };

/** The defaults as text, for the documents. */
export const defaultBootText = `${String(defaultBootSeconds.bake)}; ${String(defaultBootSeconds.bootstrap)} with image \`bootstrap\``;

/** How long the fleet waits for a server that boots. */
export interface BootTimes {
  readonly graceSeconds: number;
  readonly warmupSeconds: number;
}

/** The settings that these times depend on; {@link fleetSettings} describes them. */
interface BootSettings {
  readonly image: { readonly source: Source };
  readonly healthCheckGraceSeconds?: number | undefined;
  readonly instanceWarmupSeconds?: number | undefined;
}

export function bootTimes({
  image: { source },
  healthCheckGraceSeconds,
  instanceWarmupSeconds,
}: BootSettings): BootTimes {
  return {
    graceSeconds: healthCheckGraceSeconds ?? defaultBootSeconds[source],
    warmupSeconds: instanceWarmupSeconds ?? defaultBootSeconds[source],
  };
}
