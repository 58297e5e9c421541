import { ExpectedError } from "../../settings/expectedError";
import { serverFiles, type ServerFile } from "./files";
import { gzip } from "./gzip/gzip";

/** EC2's limit on user data, in bytes before base64. */
export const userDataLimitBytes = 16_384;

/** The user data is larger than EC2 allows. */
export class UserDataTooLargeError extends ExpectedError {
  override readonly name = "UserDataTooLargeError";
}

const endOfFile = "EOF";

/** What runs on a stock machine after the files are in place: see README.md. */
export type FirstStep = "boot" | "build-image";

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

const steps: Readonly<Record<FirstStep, string>> = {
  // Through the unit, which tries again, and goes on after a reboot.
  boot: "systemctl daemon-reload\nsystemctl enable --now --no-block wordpress-server.service\n",
  "build-image": "exec /usr/local/sbin/wordpress-server build-image\n",
};

/**
 * User data that makes a stock machine a server, or the builder of an image: a script, which cloud-init runs once,
 * when the network is there. A script rather than cloud-config, whose quoting of files costs a fortieth of what fits.
 * @param own what this machine alone gets, before the files of every server
 * @param files the files of every server
 */
export function renderFirstBoot(
  step: FirstStep,
  own: readonly ServerFile[] = [],
  files = serverFiles(step === "boot" ? "page cache" : undefined),
): string {
  const first = own.length === 0 ? "" : unpackingScript(own);
  const script = unpackingScript(files) + steps[step];
  const [shell = "", ...php] = script.split(/(?=^put 0644 '\S+\.php')/m);
  return compressUserData(`#!/bin/sh\n${first}`, shell, php.join(""));
}

/** User data that only writes files, before our unit starts. JSON is YAML, and quotes every value correctly. */
export function renderFiles(files: readonly ServerFile[]): string {
  const entries = files.map(({ path, mode, content }) => ({ path, permissions: mode, content }));
  return compressUserData(`#cloud-config\n${JSON.stringify({ write_files: entries })}`);
}

/**
 * User data as EC2 takes it: compressed, which cloud-init undoes by itself, and in base64.
 * @param parts of the text, of different kinds
 * @throws when even so it is over EC2's limit
 */
export function compressUserData(...parts: readonly string[]): string {
  const compressed = gzip(...parts);
  if (compressed.length > userDataLimitBytes) {
    throw new UserDataTooLargeError(
      `The user data takes ${compressed.length} bytes compressed; EC2 allows ${userDataLimitBytes}. Use an image (fleet.image) that has the server's files already.`,
    );
  }
  return Buffer.from(compressed).toString("base64");
}
