import { createHash } from "node:crypto";

import { databaseAuthority } from "../shared/databaseAuthority";
import type { ServerFile } from "./server/files";
import { renderFiles, renderFirstBoot } from "./server/pack";

/** What a server is told; none of it is secret. */
export interface ServerSettings {
  readonly databaseAddress: string;
  readonly databasePort: number;
  readonly databaseName: string;
  /** Where the server reads the database's user and password. */
  readonly databaseSecretArn: string;
  /** The region of that secret and of the database, whose certificate a region's authority signs. */
  readonly region: string;
  /** The site's address: scheme and host. */
  readonly siteUrl: string;
  /** `local`, or the DNS name of the file system that all servers share. */
  readonly uploads: string;
  readonly siteTitle: string;
  /** The server's own default when left out: `admin@` the site's host. */
  readonly adminEmail?: string | undefined;
  /** Where the installing server finds the administrator's user and password, or puts them. */
  readonly adminSecretArn: string;
  /** Whether the server has a route to the internet. */
  readonly internet: boolean;
  /** The address that SES sends mail from; the site sends none when left out. */
  readonly mailFrom?: string | undefined;
  /** SES's configuration set for that mail. */
  readonly mailConfigurationSet?: string | undefined;
}

export interface UserDataArgs {
  /** Of `bootstrap` it is plain Debian, which gets the server's files along; the others have them. */
  readonly image: "bake" | "existing" | "bootstrap";
  readonly settings: ServerSettings;
}

const folder = "/etc/wordpress-on-aws";

/**
 * The user data that makes a machine one of the site's servers, as EC2 takes it: gzip in base64.
 * server/README.md says what a server expects in it.
 * @throws Error when it is over EC2's 16 KB, or when the region is not known to RDS.
 */
export function renderUserData({ image, settings }: UserDataArgs): string {
  const files = [file("settings.env", settingsFile(settings))];
  // From here even where there is no room for it: this check refuses a region that RDS does not know before anything is made.
  const authority = file("database-ca.pem", databaseAuthority(settings.region));
  return image === "bootstrap" ? renderFirstBoot("boot", files) : renderFiles([...files, authority]);
}

/**
 * Fails when there are values with which a bootstrapping server's user data would not fit; before anything is
 * made, as the real ones are known only afterwards. No value is longer than these, and these compress worse.
 * Without the server's files there is always room.
 */
export function assertUserDataFits(image: UserDataArgs["image"]): void {
  if (image === "bootstrap") renderUserData({ image, settings: largestSettings() });
}

/** Settings of which each is as long as it can be, and all of it as hard to compress. */
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

/** Text that no compression makes much shorter, the same each time. */
function incompressible(length: number, seed: string): string {
  const hash = (index: number) => createHash("sha512").update(`${seed}${index}`).digest("base64url");
  return Array.from({ length: Math.ceil(length / 86) }, (_, index) => hash(index))
    .join("")
    .slice(0, length);
}

function file(name: string, content: string): ServerFile {
  return { path: `${folder}/${name}`, mode: "0644", content };
}

/** One `NAME=value` a line; a value runs to the end of its line as it is. */
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
