import { gunzipSync } from "node:zlib";

/** User data as cloud-init reads it, decoded from base64 and gzip. */
export function userDataText(userData: unknown): string {
  return gunzipSync(Buffer.from(String(userData), "base64")).toString("utf8");
}
