import { chmodSync, mkdirSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";

import type { Part, PartContext } from "../region/part";
import type { FileSystem, World } from "../world";
import type { Attachments } from "./attachments";
import type { Authority } from "./authority";
import { serveTls } from "./tlsServer";

export interface FileSystemsOptions {
  readonly context: Pick<PartContext, "folder" | "log">;
  readonly authority: Authority;
  readonly network: Attachments;
}

const nfsPort = 2049;

/** The folder of all file systems, which machines see as /efs. Only a machine's root user can read it there. */
export function fileSystemsFolder(stateFolder: string): string {
  return join(stateFolder, "fileSystems");
}

interface MountTarget {
  readonly owner: string;
  readonly server: Server;
}

/**
 * EFS: a folder for each file system, and a TLS tunnel at the address of each mount target. The kernel may have no NFS, so
 * a client that verified the tunnel's certificate gets the folder's path as a greeting, and mounts that folder.
 */
export class FileSystems implements Part {
  readonly name = "file systems";
  private readonly mountTargets = new Map<string, MountTarget>();
  /** Folders of file systems that the emulator had at the last call. */
  private folders = new Set<string>();

  constructor(private readonly options: FileSystemsOptions) {
    const folder = fileSystemsFolder(options.context.folder);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  }

  async reconcile(world: World): Promise<void> {
    const folders = new Set<string>();
    const targets = new Set<string>();
    for (const { accountId, region, fileSystems } of world.places) {
      for (const fileSystem of fileSystems) {
        const path = join(accountId, region, fileSystem.id);
        const folder = join(fileSystemsFolder(this.options.context.folder), path);
        folders.add(folder);
        // EFS's new root directory belongs to root, and only root can write into it.
        mkdirSync(folder, { recursive: true, mode: 0o755 });
        for (const { id, state } of fileSystem.mountTargets) if (state !== "deleting") targets.add(id);
        await this.open(fileSystem, path);
      }
    }
    for (const id of this.mountTargets.keys()) if (!targets.has(id)) await this.close(id);
    for (const folder of this.folders)
      if (!folders.has(folder)) rmSync(folder, { recursive: true, force: true });
    this.folders = folders;
  }

  async stop(): Promise<void> {
    for (const id of this.mountTargets.keys()) await this.close(id);
  }

  private async open({ host, mountTargets }: FileSystem, path: string): Promise<void> {
    for (const { id, state, vpcId, interface: networkInterface } of mountTargets) {
      if (state === "deleting" || this.mountTargets.has(id)) continue;
      const owner = `efs-${id}`;
      const namespace = await this.options.network.attach(owner, vpcId, [networkInterface]);
      const server = await this.options.network.listen(namespace, networkInterface.privateIp, nfsPort);
      serveTls(server, { standard: await this.options.authority.issue([host, `*.${host}`]) }, (client) => {
        client.end(`EFS ${path}\n`);
      });
      this.mountTargets.set(id, { owner, server });
    }
  }

  private async close(id: string): Promise<void> {
    const target = this.mountTargets.get(id);
    this.mountTargets.delete(id);
    target?.server.close();
    if (target !== undefined) await this.options.network.detach(target.owner);
  }
}
