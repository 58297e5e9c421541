import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { Authority, type Certificate } from "../../localAws/live/services/authority";
import type { ClassFolder } from "../classFolder";

/** The class's own certificate authority: students check its fingerprint once. */
export interface ClassCertificate {
  /** Of the gateway, for its address. */
  readonly gateway: Certificate;
  /** PEM of the authority. */
  readonly authority: string;
  readonly fingerprint: string;
}

/** Issues a certificate for the gateway's address. The authority stays, so that sheets stay right. */
export async function certificateFor(
  { folder }: Pick<ClassFolder, "folder">,
  url: string,
): Promise<ClassCertificate> {
  const authority = await Authority.open(authorityFolder(folder));
  const host = new URL(url).hostname.replaceAll(/[[\]]/g, "");
  return {
    gateway: await authority.issue([...new Set([host, "127.0.0.1", "localhost"])]),
    authority: authority.certificate,
    fingerprint: fingerprintOf(authority.certificate),
  };
}

/** The fingerprint that a sheet shows; undefined when the class has never been served with HTTPS. */
export async function classFingerprint({ folder }: Pick<ClassFolder, "folder">): Promise<string | undefined> {
  const file = path.join(authorityFolder(folder), "authority.crt");
  return existsSync(file) ? fingerprintOf(await readFile(file, "utf8")) : undefined;
}

/** SHA-256, as `openssl x509 -fingerprint` prints it. */
function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256;
}

function authorityFolder(folder: string): string {
  return path.join(folder, "authority");
}
