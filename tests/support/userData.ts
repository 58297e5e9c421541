import { gunzipSync } from "node:zlib";

/** User data as cloud-init sees it, after EC2 has undone base64 and cloud-init gzip. */
export function userDataText(userData: unknown): string {
  return gunzipSync(Buffer.from(String(userData), "base64")).toString("utf8");
}
