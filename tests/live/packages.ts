import { attempt, run } from "../../localAws/live/command";

/** A program that the tests use, and its Debian package. */
const programs: readonly (readonly [program: string, debianPackage: string])[] = [
  ["chromium", "chromium"],
  ["curl", "curl"],
  ["ip", "iproute2"],
  ["mmdebstrap", "mmdebstrap"],
  ["newuidmap", "uidmap"],
  ["nft", "nftables"],
  ["nslookup", "bind9-dnsutils"],
];

/**
 * Installs what is missing, as root on Debian; elsewhere the tests state what they miss.
 *
 * @throws Error with apt's message when a package cannot be installed
 */
export async function installPackages(): Promise<void> {
  if (process.getuid?.() !== 0 || (await attempt(["which", "apt-get"])).exitCode !== 0) return;
  const found = await Promise.all(programs.map(([program]) => attempt(["which", program])));
  const missing = programs.filter((_, index) => found[index]?.exitCode !== 0).map(([, name]) => name);
  if (missing.length === 0) return;
  console.log(`Installing ${missing.join(", ")} …`);
  await run(["apt-get", "-qq", "update"]);
  await run(["apt-get", "-qq", "install", "--yes", "--no-install-recommends", ...missing], {
    environment: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
