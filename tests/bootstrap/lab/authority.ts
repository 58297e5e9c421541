import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { run } from "../../../localAws/live/command";
import { labFolder } from "../support/folders";

/** PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Signs certificates, as Amazon's authorities do for RDS, EFS and the load balancer. */
export interface Authority {
  readonly certificate: string;
  readonly issue: (hostName: string) => Promise<Certificate>;
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

export async function makeAuthority(name: string): Promise<Authority> {
  const folder = join(labFolder, "authorities", name);
  mkdirSync(folder, { recursive: true });
  const file = (each: string): string => join(folder, each);
  await run([
    ...["openssl", "req", "-x509", ...newKey, "-days", "2", "-subj", `/CN=${name}`],
    ...["-addext", "basicConstraints=critical,CA:TRUE"],
    ...["-keyout", file("ca.key"), "-out", file("ca.crt")],
  ]);
  return {
    certificate: readFileSync(file("ca.crt"), "utf8"),
    issue: async (hostName) => {
      const request = file(`${hostName}.csr`);
      const key = file(`${hostName}.key`);
      const certificate = file(`${hostName}.crt`);
      const extensions = file(`${hostName}.ext`);
      writeFileSync(extensions, `subjectAltName=DNS:${hostName}\n`);
      await run(["openssl", "req", ...newKey, "-subj", `/CN=${hostName}`, "-keyout", key, "-out", request]);
      await run([
        ...[
          "openssl",
          "x509",
          "-req",
          "-days",
          "2",
          "-in",
          request,
          "-out",
          certificate,
          "-extfile",
          extensions,
        ],
        ...["-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial"],
      ]);
      return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
    },
  };
}
