import { gzipSync, strToU8 } from "fflate";

import { serverFiles, type ServerFile } from "./files";

/** EC2's limit on user data, in bytes before base64. */
export const userDataLimitBytes = 16_384;

const unpackScript = "/run/wordpress-on-aws-unpack.sh";
const endOfFile = "END_OF_FILE";

/** What runs on a stock machine after the files are in place: see README.md. */
export type FirstStep = "boot" | "build-image";

/** The server's files on their way into a stock machine. */
export interface PackedServerFiles {
  /** An entry of cloud-config's `write_files`. */
  readonly file: {
    readonly path: string;
    readonly permissions: string;
    readonly encoding: "gz+b64";
    readonly content: string;
  };
  /** An entry of cloud-config's `runcmd`. */
  readonly command: (step: FirstStep) => readonly string[];
}

function put({ path, mode, content }: ServerFile): string {
  if (content.split("\n").includes(endOfFile)) {
    throw new Error(
      `${path} has a line ${endOfFile}, which ends a file in the packed script; choose another.`,
    );
  }
  return `put ${mode} '${path}' <<'${endOfFile}'\n${content}${content.endsWith("\n") ? "" : "\n"}${endOfFile}\n`;
}

/** A script that writes every file: it needs nothing but sh, and a person can read it. */
export function unpackingScript(files: readonly ServerFile[]): string {
  return [
    "set -eu\numask 022\n",
    'put() { mkdir -p "$(dirname "$2")"; cat >"$2"; chmod "$1" "$2"; }\n',
    ...files.map(put),
    "sync\n",
  ].join("");
}

/**
 * gzip whose bytes depend on the text alone. Node's zlib gives others on another processor or version, and other
 * bytes would be another launch template, and so new servers, for nothing.
 */
function gzip(text: string): string {
  return Buffer.from(gzipSync(strToU8(text), { level: 9, mtime: 0 })).toString("base64");
}

/** The files of a server, for the user data of a stock machine; an image that was baked has them already. */
export function packServerFiles(): PackedServerFiles {
  const steps: Readonly<Record<FirstStep, string>> = {
    // Through the unit, which tries again, and goes on after a reboot.
    boot: "systemctl daemon-reload && systemctl enable --now --no-block wordpress-server.service",
    "build-image": "exec /usr/local/sbin/wordpress-server build-image",
  };
  return {
    file: {
      path: unpackScript,
      permissions: "0600",
      encoding: "gz+b64",
      content: gzip(unpackingScript(serverFiles())),
    },
    command: (step) => ["sh", "-c", `sh ${unpackScript} && ${steps[step]}`],
  };
}

/**
 * User data as EC2 takes it: compressed, which cloud-init undoes by itself, and in base64.
 * @throws when even so it is over EC2's limit
 */
export function compressUserData(userData: string): string {
  const base64 = gzip(userData);
  const bytes = Buffer.byteLength(base64, "base64");
  if (bytes > userDataLimitBytes) {
    throw new Error(
      `The user data takes ${bytes} bytes compressed; EC2 allows ${userDataLimitBytes}. Use an image (fleet.image) that has the server's files already.`,
    );
  }
  return base64;
}
