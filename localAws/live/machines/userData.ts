import { gunzipSync, gzipSync } from "node:zlib";

import { parseJson, z } from "../../../cli/json";

const cloudConfig = z.looseObject({
  write_files: z.array(z.looseObject({ path: z.string(), content: z.string() })),
});

const header = "#cloud-config\n";
/** Where this program's servers have the authorities that may sign the database's certificate. */
const databaseAuthorities = "/etc/wordpress-on-aws/database-ca.pem";

function isCompressed(data: Buffer): boolean {
  return data.length > 2 && data[0] === 0x1f && data[1] === 0x8b;
}

/** The user data of EC2 as text; undefined when it is no text. */
export function textOf(userData: Buffer): string | undefined {
  try {
    return (isCompressed(userData) ? gunzipSync(userData) : userData).toString();
  } catch {
    // A script may begin with the two bytes of gzip, and cloud-init decides what it is.
    return undefined;
  }
}

/**
 * The user data for the machine's seed. Only the authorities of the database's certificate differ from the instance's: RDS's
 * own signs no certificate for the live region, so the region's authority is added.
 */
export function seedUserData(userData: Buffer, authorities: string): Buffer {
  const text = textOf(userData);
  if (text?.startsWith(header) !== true) return userData;
  const config = parseJson(cloudConfig, text.slice(header.length));
  if (config?.write_files.some(({ path }) => path === databaseAuthorities) !== true) return userData;
  const files = config.write_files.map((file) =>
    file.path === databaseAuthorities
      ? { ...file, content: `${file.content.trimEnd()}\n${authorities}` }
      : file,
  );
  return gzipSync(`${header}${JSON.stringify({ ...config, write_files: files })}`);
}
