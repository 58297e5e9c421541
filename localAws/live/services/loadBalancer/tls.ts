/** The TLS versions of a listener's security policy, as HAProxy's words. */
export function tlsVersions(policy: string | null): string {
  const name = policy ?? "ELBSecurityPolicy-2016-08";
  const has13 = name.includes("TLS13");
  const lowest = /(?:TLS13|TLS|FS)-1-([0-3])/.exec(name)?.[1] ?? "0";
  return `ssl-min-ver TLSv1.${lowest} ssl-max-ver TLSv1.${has13 ? "3" : "2"}`;
}
