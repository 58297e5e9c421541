import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "node:tls";

import { labFolder } from "../support/folders";
import { addresses } from "./addresses";
import type { Certificate } from "./authority";

/** The shared folder behind the file system. */
export const sharedFolder = join(labFolder, "efs");

/**
 * EFS: a folder that every server can mount after a connection to its TLS port. A server that does not check the
 * certificate, or does not use TLS, never receives the greeting.
 */
export async function startFileSystem({ certificate, key }: Certificate): Promise<void> {
  mkdirSync(sharedFolder, { recursive: true });
  chmodSync(sharedFolder, 0o755);
  const server = createServer({ cert: certificate, key }, (socket) => {
    socket.on("error", () => undefined);
    socket.end("EFS\n");
  });
  await new Promise<void>((resolve) => server.listen(2049, addresses.fileSystem, resolve));
}
