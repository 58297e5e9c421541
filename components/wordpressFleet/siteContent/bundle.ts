import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

import type { ServerFile } from "../server/files";
import { compressUserData } from "../server/pack";
import type { ContentFile } from "./content";

/**
 * The server's files and the site's in one object: gzip of JSON, a list of path, mode and content in base64. Equal files
 * give equal bytes. No archive format: its reader would follow links and owners that no file here has.
 */
export function bundleOf(files: readonly ServerFile[], content: readonly ContentFile[]): Buffer {
  const entries = [
    ...files.map(({ path, mode, content: text }) => ({ path, mode, bytes: Buffer.from(text) })),
    ...content.map(({ path, bytes }) => ({ path, mode: "0644", bytes })),
  ].map(({ path, mode, bytes }) => [path, mode, bytes.toString("base64")]);
  return gzipSync(JSON.stringify(entries));
}

/** Python is on every image with cloud-init. `FATAL` in a line is what ends the wait for the builder. */
const unpack = `import base64, gzip, hashlib, json, os, sys, time, urllib.request
url, sha256, root = sys.argv[1:]
def fail(why):
    sys.exit("wordpress-server content: FATAL: " + why)
for attempt in range(6):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            bundle = answer.read()
        break
    except OSError as error:
        why = error
        time.sleep(attempt)
else:
    fail("the content of site/ cannot be fetched from S3: %s" % why)
if hashlib.sha256(bundle).hexdigest() != sha256:
    fail("the object in S3 is not the content of site/: its SHA-256 differs")
for path, mode, content in json.loads(gzip.decompress(bundle)):
    path = root + path
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(base64.b64decode(content))
    os.chmod(path, int(mode, 8))
`;

/** The site's code must be PHP before an image has it: a server with a mistake in a plugin would start, and fail visitors. */
const check = `/usr/local/sbin/wordpress-server bake
cd /var/lib/wordpress/wp-content
said=$(find themes plugins mu-plugins -type f -name '*.php' -exec php --syntax-check {} + 2>&1) || {
echo "wordpress-server content: FATAL: PHP refuses a file of site/: $(echo "$said" | grep -v '^No syntax errors' | grep . | head -n 1)" >&2
exit 1
}
`;

/** The script that fetches the object, checks that it is the right one, and writes its files below `root`. */
export function unpackingCommand(url: string, object: Uint8Array, root = ""): string {
  const sha256 = createHash("sha256").update(object).digest("hex");
  return `umask 022\npython3 - '${url}' ${sha256} '${root}' <<'EOF'\n${unpack}EOF\n`;
}

/** The user data, in EC2's form, of a builder that fetches its files. */
export function fetchingUserData(url: string, object: Uint8Array): string {
  const last = "exec /usr/local/sbin/wordpress-server build-image\n";
  return compressUserData(`#!/bin/sh\nset -eu\n${unpackingCommand(url, object)}${check}${last}`);
}
