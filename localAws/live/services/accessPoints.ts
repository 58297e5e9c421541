import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { chmodSync, chownSync, closeSync, constants, mkdirSync, openSync } from "node:fs";

import { codeOf, Failure } from "../../../cli/failure";
import type { FileSystem } from "../world";

export type AccessPoint = FileSystem["accessPoints"][number];

/** The extension in which an EFS client's certificate names the access point (amazon-efs-utils). */
const accessPointExtension = "1.3.6.1.4.1.4843.7.1";

/** The id of the access point in a client's certificate (DER); undefined: it names none. */
export function accessPointIn(certificate: Buffer): string | undefined {
  const extension = new x509.X509Certificate(certificate).getExtension(accessPointExtension);
  if (extension === null) return undefined;
  // A UTF8String of less than 128 bytes: its tag, its length, its text.
  return Buffer.from(extension.value).subarray(2).toString();
}

/** A folder that is open: its path stays the same folder, whatever its file system's users do. */
export interface OpenFolder {
  readonly path: string;
  readonly close: () => void;
}

/**
 * Opens the root directory of an access point, and creates it at the first use, with the owner and the permissions of its
 * creation info. It follows no symbolic link, because machines write into the file system.
 * @throws Failure when it is not there and has no creation info, or is not a folder
 */
export function openRootOf(fileSystem: string, accessPoint: AccessPoint): OpenFolder {
  let folder = openFolder(fileSystem);
  for (const name of accessPoint.path.split("/").filter((each) => each !== "")) {
    const parent = folder;
    try {
      folder = openOrCreate(`${pathOf(parent)}/${name}`, accessPoint);
    } catch (error) {
      throw new Failure(
        `The root directory ${accessPoint.path} of ${accessPoint.id} cannot be mounted (${codeOf(error) ?? String(error)}).`,
        "It must be a folder, or the access point needs creation info, as on AWS.",
      );
    } finally {
      closeSync(parent);
    }
  }
  return {
    path: pathOf(folder),
    close: () => {
      closeSync(folder);
    },
  };
}

function openOrCreate(path: string, { permissions, uid, gid }: AccessPoint): number {
  try {
    return openFolder(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || permissions === null) throw error;
  }
  mkdirSync(path);
  const folder = openFolder(path);
  chmodSync(pathOf(folder), Number.parseInt(permissions, 8));
  chownSync(pathOf(folder), uid ?? 0, gid ?? 0);
  return folder;
}

function openFolder(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
}

/** Another process of this box can use the path, too. */
function pathOf(folder: number): string {
  return `/proc/${process.pid}/fd/${folder}`;
}
