import { ExpectedError } from "../../settings/expectedError";
import { serverFiles, type ServerFile } from "./files";
import { gzip } from "./gzip/gzip";

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
      content: unpackingScript(serverFiles()),
    },
    command: (step) => ["sh", "-c", `sh ${unpackScript} && ${steps[step]}`],
  };
}

/** What cloud-init is asked to do, of its many modules. */
export interface CloudConfig {
  readonly write_files: readonly {
    readonly path: string;
    readonly permissions: string;
    readonly content: string;
  }[];
  readonly runcmd?: readonly (readonly string[])[];
}

/**
 * User data as EC2 takes it: compressed, which cloud-init undoes by itself, and in base64. JSON is YAML, and quotes
 * every value correctly.
 * @throws when even so it is over EC2's limit
 */
export function renderCloudConfig(config: CloudConfig): string {
  const text = `#cloud-config\n${JSON.stringify(config)}`;
  // Settings, a certificate and programs each have letters of their own.
  const compressed = gzip(...text.split(/(?<=,)(?=\{"path":)/));
  if (compressed.length > userDataLimitBytes) {
    throw new ExpectedError(
      `The user data takes ${compressed.length} bytes compressed; EC2 allows ${userDataLimitBytes}. Use an image (fleet.image) that has the server's files already.`,
    );
  }
  return Buffer.from(compressed).toString("base64");
}
