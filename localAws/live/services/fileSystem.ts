import { chmodSync, mkdirSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";

import { messageOf } from "../../../cli/failure";
import type { Share } from "../machines/shares";
import type { Part, PartContext } from "../region/part";
import type { FileSystem, World } from "../world";
import { accessPointIn, openRootOf } from "./accessPoints";
import type { Attachments } from "./attachments";
import type { Authority } from "./authority";
import { serveTls } from "./tlsServer";

export interface FileSystemsOptions {
  readonly context: Pick<PartContext, "folder" | "log">;
  readonly authority: Authority;
  readonly network: Attachments;
  /** Shows a folder to the machine that has the address in the VPC; undefined: there is none. */
  readonly share: (vpcId: string, address: string, source: string) => Promise<Share | undefined>;
}

const nfsPort = 2049;
/** How long a client may take to mount what it was shown. */
const mountMilliseconds = 30_000;

/** The folder of all file systems. */
export function fileSystemsFolder(stateFolder: string): string {
  return join(stateFolder, "fileSystems");
}

interface MountTarget {
  readonly owner: string;
  readonly server: Server;
}

/**
 * EFS: a folder for each file system, and a TLS tunnel at the address of each mount target. The kernel may have no NFS, so
 * a client that verified the tunnel's certificate gets a greeting, `EFS NAME`: until it ends the connection, its machine
 * has the folder as `/efs/NAME`, and mounts it from there. A client's certificate may name an access point.
 */
export class FileSystems implements Part {
  readonly name = "file systems";
  private readonly mountTargets = new Map<string, MountTarget>();
  /** Folders of file systems that the emulator had at the last call. */
  private folders = new Set<string>();
  private world: World | undefined;

  constructor(private readonly options: FileSystemsOptions) {
    const folder = fileSystemsFolder(options.context.folder);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  }

  async reconcile(world: World): Promise<void> {
    this.world = world;
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

  private async open({ id: fileSystemId, host, mountTargets }: FileSystem, path: string): Promise<void> {
    for (const { id, state, vpcId, interface: networkInterface } of mountTargets) {
      if (state === "deleting" || this.mountTargets.has(id)) continue;
      const owner = `efs-${id}`;
      const namespace = await this.options.network.attach(owner, vpcId, [networkInterface]);
      const server = await this.options.network.listen(namespace, networkInterface.privateIp, nfsPort);
      const standard = await this.options.authority.issue([host, `*.${host}`]);
      const folder = join(fileSystemsFolder(this.options.context.folder), path);
      serveTls(server, { standard, asksClient: true }, (client) => {
        this.serve(client, vpcId, fileSystemId, folder).catch((error: unknown) => {
          this.options.context.log(`${fileSystemId}: ${messageOf(error)}`);
          client.destroy();
        });
      });
      this.mountTargets.set(id, { owner, server });
    }
  }

  private async serve(client: TLSSocket, vpcId: string, id: string, folder: string): Promise<void> {
    const address = (client.remoteAddress ?? "").replace(/^::ffff:/, "");
    const { raw } = client.getPeerCertificate();
    const accessPointId = Buffer.isBuffer(raw) ? accessPointIn(raw) : undefined;
    const share = await this.show(vpcId, address, id, folder, accessPointId);
    if (share === undefined) {
      client.destroy();
      return;
    }
    const timer = setTimeout(() => client.destroy(), mountMilliseconds);
    const ended = new Promise((resolve) => client.once("close", resolve));
    client.resume().write(`EFS ${share.name}\n`);
    // The client may have ended the connection before.
    if (!client.closed) await ended;
    clearTimeout(timer);
    await share.remove();
  }

  private async show(
    vpcId: string,
    address: string,
    id: string,
    folder: string,
    accessPointId: string | undefined,
  ): Promise<Share | undefined> {
    if (accessPointId === undefined) return await this.options.share(vpcId, address, folder);
    const accessPoint = this.world?.places
      .flatMap(({ fileSystems }) => fileSystems)
      .find((each) => each.id === id)
      ?.accessPoints.find((each) => each.id === accessPointId);
    if (accessPoint === undefined)
      throw new Error(`${address} names ${accessPointId}, which is not its access point.`);
    const root = openRootOf(folder, accessPoint);
    try {
      return await this.options.share(vpcId, address, root.path);
    } finally {
      root.close();
    }
  }

  private async close(id: string): Promise<void> {
    const target = this.mountTargets.get(id);
    this.mountTargets.delete(id);
    target?.server.close();
    if (target !== undefined) await this.options.network.detach(target.owner);
  }
}
