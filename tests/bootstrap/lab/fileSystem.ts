import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";

import type { Shares } from "../../../localAws/live/machines/shares";
import type { Certificate } from "../../../localAws/live/services/authority";
import { labFolder } from "../support/folders";
import { addresses } from "./addresses";

/** The shared folder behind the file system. */
export const sharedFolder = join(labFolder, "efs");

/** Machines that are on, by address. */
export const sharesOf = new Map<string, Shares>();

/**
 * EFS: a folder that every server can mount after a connection to its TLS port. A server that does not check the
 * certificate, or does not use TLS, never receives the greeting.
 */
export async function startFileSystem({ certificate, key }: Certificate): Promise<void> {
  mkdirSync(sharedFolder, { recursive: true });
  chmodSync(sharedFolder, 0o755);
  const server = createServer({ cert: certificate, key }, (socket) => {
    socket.on("error", () => undefined);
    greet(socket).catch((error: unknown) => {
      console.error(error);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(2049, addresses.fileSystem, resolve));
}

async function greet(socket: TLSSocket): Promise<void> {
  const ended = new Promise((resolve) => socket.once("close", resolve));
  const share = await sharesOf.get(socket.remoteAddress ?? "")?.add(sharedFolder);
  if (share === undefined) throw new Error(`${socket.remoteAddress ?? ""} is no machine's address.`);
  socket.resume().write(`EFS ${share.name}\n`);
  await ended;
  await share.remove();
}
