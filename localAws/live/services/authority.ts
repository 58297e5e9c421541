import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { webcrypto } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";

/** PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

type KeyPair = webcrypto.CryptoKeyPair;

const day = 24 * 3_600_000;
const keyAlgorithm = { name: "ECDSA", namedCurve: "P-256" };
const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" };
/** X.520's limit of a common name. */
const maxCommonName = 64;

const validity = {
  authority: 10 * 365 * day,
  /** The authority is renewed so long before its end, so that no certificate outlives it. */
  authorityLeft: 2 * 365 * day,
  /** AWS's certificates are valid for 13 months. */
  certificate: 397 * day,
  certificateLeft: 30 * day,
  /** Clocks differ. */
  before: day,
} as const;

const files = { key: "authority.key", certificate: "authority.crt", previous: "previous.crt" } as const;

/**
 * The certificate authority of a state folder, in place of Amazon's public authority and of RDS's. It is created once,
 * and renewed near its end.
 */
export class Authority {
  private readonly issued = new Map<string, { readonly until: number; readonly issued: Certificate }>();

  private constructor(
    /** PEM. */
    readonly certificate: string,
    /** PEM of every authority that may have signed a valid certificate: what clients trust. */
    readonly bundle: string,
    private readonly parent: x509.X509Certificate,
    private readonly keys: KeyPair,
    private readonly now: () => number,
  ) {}

  /** Reads the authority from the folder, or creates it. */
  static async open(folder: string, now: () => number = Date.now): Promise<Authority> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const old = await read(folder);
    if (old !== undefined && old.parent.notAfter.getTime() - now() > validity.authorityLeft) {
      return Authority.of(folder, old.parent, old.keys, now);
    }
    if (old !== undefined) write(folder, files.previous, pemOfCertificate(old.parent));
    const keys = await newKeys();
    const parent = await x509.X509CertificateGenerator.createSelfSigned({
      name: "CN=Emulated Amazon Root CA,O=wordpress-on-aws",
      ...validFor(validity.authority, now()),
      keys,
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    write(folder, files.key, await pemOf(keys.privateKey));
    write(folder, files.certificate, pemOfCertificate(parent));
    return Authority.of(folder, parent, keys, now);
  }

  private static of(
    folder: string,
    parent: x509.X509Certificate,
    keys: KeyPair,
    now: () => number,
  ): Authority {
    const previous = join(folder, files.previous);
    const certificate = pemOfCertificate(parent);
    const bundle = certificate + (existsSync(previous) ? readFileSync(previous, "utf8") : "");
    return new Authority(certificate, bundle, parent, keys, now);
  }

  /** A server's certificate for host names and IP addresses; the same one until it is near its end. */
  async issue(names: readonly string[]): Promise<Certificate> {
    const wanted = names.join(",");
    const known = this.issued.get(wanted);
    if (known !== undefined && known.until - this.now() > validity.certificateLeft) return known.issued;
    const issued = await this.sign(names);
    this.issued.set(wanted, { until: this.now() + validity.certificate, issued });
    return issued;
  }

  private async sign(names: readonly string[]): Promise<Certificate> {
    const [first] = names;
    if (first === undefined)
      throw new Error("A certificate needs at least one name. Pass the server's host name.");
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: first.length <= maxCommonName ? `CN=${first}` : "CN=emulated",
      issuer: this.parent.subject,
      ...validFor(validity.certificate, this.now()),
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(this.keys.publicKey),
      ],
    });
    return { certificate: pemOfCertificate(certificate), key: await pemOf(keys.privateKey) };
  }
}

function validFor(milliseconds: number, now: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(now - validity.before), notAfter: new Date(now + milliseconds) };
}

async function newKeys(): Promise<KeyPair> {
  return await webcrypto.subtle.generateKey(keyAlgorithm, true, ["sign", "verify"]);
}

function pemOfCertificate(certificate: x509.X509Certificate): string {
  return `${certificate.toString("pem").trim()}\n`;
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const exported = await webcrypto.subtle.exportKey("pkcs8", key);
  return `${x509.PemConverter.encode(exported, "PRIVATE KEY").trim()}\n`;
}

/** `undefined` when there is none: a new state folder, or one whose first write was cut off. */
async function read(
  folder: string,
): Promise<{ readonly parent: x509.X509Certificate; readonly keys: KeyPair } | undefined> {
  const [keyFile, certificateFile] = [join(folder, files.key), join(folder, files.certificate)];
  if (!existsSync(keyFile) || !existsSync(certificateFile)) return undefined;
  const parent = new x509.X509Certificate(readFileSync(certificateFile, "utf8"));
  const pkcs8 = x509.PemConverter.decodeFirst(readFileSync(keyFile, "utf8"));
  return {
    parent,
    keys: {
      privateKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, keyAlgorithm, true, ["sign"]),
      publicKey: await webcrypto.subtle.importKey("spki", parent.publicKey.rawData, keyAlgorithm, true, [
        "verify",
      ]),
    },
  };
}

/** Writes a file that is never seen half written. Only the owner reads it. */
function write(folder: string, name: string, content: string): void {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}
