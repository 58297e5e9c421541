import { createHash } from "node:crypto";

import { databaseAuthority } from "../shared/databaseAuthority";
import type { ServerFile } from "./server/files";
import { renderFiles, renderFirstBoot } from "./server/pack";

/** The settings in a server's user data. None of them is secret. */
export interface ServerSettings {
  readonly databaseAddress: string;
  readonly databasePort: number;
  readonly databaseName: string;
  /** ARN of the secret with the database's user name and password. */
  readonly databaseSecretArn: string;
  /** Region of the secret and of the database. Each region has its own certificate authority. */
  readonly region: string;
  /** The site's address: scheme and host. */
  readonly siteUrl: string;
  /** `local`, or the DNS name of the shared file system. */
  readonly uploads: string;
  readonly siteTitle: string;
  /** Default: `admin@` and the site's host. */
  readonly adminEmail?: string | undefined;
  /** ARN of the secret that the server which installs the site reads, or fills. */
  readonly adminSecretArn: string;
  /** Whether the server has a route to the internet. */
  readonly internet: boolean;
  /** The address that SES sends mail from. Without it, the site sends no mail. */
  readonly mailFrom?: string | undefined;
  /** SES configuration set of that mail. */
  readonly mailConfigurationSet?: string | undefined;
}

export interface UserDataArgs {
  /** With `bootstrap`, the user data also contains the server's files; the other images have them. */
  readonly image: "bake" | "existing" | "bootstrap";
  readonly settings: ServerSettings;
}

const folder = "/etc/wordpress-on-aws";

/**
 * The user data of a server in EC2's form: gzip in base64. server/README.md describes its content.
 * @throws Error when it is larger than EC2's limit of 16 KB, or when RDS's authority of the region is unknown.
 */
export function renderUserData({ image, settings }: UserDataArgs): string {
  const files = [file("settings.env", settingsFile(settings))];
  // Also with `bootstrap`, whose user data has no room for it: it refuses an unknown region before anything is created.
  const authority = file("database-ca.pem", databaseAuthority(settings.region));
  return image === "bootstrap" ? renderFirstBoot("boot", files) : renderFiles([...files, authority]);
}

/**
 * Fails when the user data of a bootstrapped server could be too large, before anything is created: the real values are
 * known only later. No value can be longer than these, and none compresses worse. Without the server's files, the user
 * data always fits.
 */
export function assertUserDataFits(image: UserDataArgs["image"]): void {
  if (image === "bootstrap") renderUserData({ image, settings: largestSettings() });
}

/** Settings with the longest values allowed, which do not compress. */
export function largestSettings(): UserDataArgs["settings"] {
  return {
    databaseAddress: incompressible(63, "a").concat(".abcdefghijkl.us-east-1.rds.amazonaws.com"),
    databasePort: 65_535,
    databaseName: incompressible(64, "b"),
    databaseSecretArn: `arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-${incompressible(43, "c")}`,
    region: "us-east-1",
    siteUrl: `https://${incompressible(75, "d")}`,
    uploads: `fs-${incompressible(17, "e")}.efs.us-east-1.amazonaws.com`,
    // 80 characters of 4 bytes.
    siteTitle: incompressible(320, "f"),
    adminEmail: incompressible(100, "g"),
    adminSecretArn: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${incompressible(64, "h")}`,
    internet: false,
    mailFrom: incompressible(100, "i"),
    mailConfigurationSet: incompressible(64, "j"),
  };
}

/** Text that hardly compresses, the same for each call. */
function incompressible(length: number, seed: string): string {
  const hash = (index: number) => createHash("sha512").update(`${seed}${index}`).digest("base64url");
  return Array.from({ length: Math.ceil(length / 86) }, (_, index) => hash(index))
    .join("")
    .slice(0, length);
}

function file(name: string, content: string): ServerFile {
  return { path: `${folder}/${name}`, mode: "0644", content };
}

/** One `NAME=value` per line; the value is the rest of the line, without quoting. */
function settingsFile(settings: ServerSettings): string {
  const lines = {
    DATABASE_ADDRESS: settings.databaseAddress,
    DATABASE_PORT: String(settings.databasePort),
    DATABASE_NAME: settings.databaseName,
    DATABASE_SECRET_ARN: settings.databaseSecretArn,
    AWS_REGION: settings.region,
    SITE_URL: settings.siteUrl,
    UPLOADS: settings.uploads,
    SITE_TITLE: settings.siteTitle,
    ...(settings.adminEmail === undefined ? {} : { ADMIN_EMAIL: settings.adminEmail }),
    ADMIN_SECRET_ARN: settings.adminSecretArn,
    INTERNET: settings.internet ? "yes" : "no",
    ...(settings.mailFrom === undefined ? {} : { MAIL_FROM: settings.mailFrom }),
    ...(settings.mailConfigurationSet === undefined
      ? {}
      : { MAIL_CONFIGURATION_SET: settings.mailConfigurationSet }),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
