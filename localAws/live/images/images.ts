import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { serverFiles } from "../../../components/wordpressFleet/server/files";
import { unpackingScript } from "../../../components/wordpressFleet/server/pack";
import { run } from "../command";
import { makeCacheFolders } from "./folders";
import type { Image } from "./image";
import { cached, folderOf, imageOver, inRoot, keyOf, layerOver, markUsed, put, type Progress } from "./layer";
import { aptSources, release } from "./mirror";

/** About the same packages as in Debian's own image for EC2. */
const stockPackages = [
  "ca-certificates",
  "cloud-init",
  "curl",
  "dbus",
  "iproute2",
  "kmod",
  "less",
  "locales",
  "openssh-server",
  "procps",
  "python3",
  "sudo",
  "systemd",
  "systemd-sysv",
  "udev",
  "unattended-upgrades",
];
/** Programs of the region's services: no other program than these has to be on the machine. */
const infraPackages = [
  "conntrack",
  "haproxy",
  "iputils-ping",
  "mariadb-backup",
  "mariadb-server",
  "nftables",
  "openssl",
];
/** apt's own user cannot read a cache in a home folder, and a user namespace refuses its groups. */
const sandbox = 'APT::Sandbox::User "root"';
const proxyFile = "etc/apt/apt.conf.d/90lab-proxy";

/** Images that are built with this machine's network. A builder bakes the servers' image over them. */
export interface Images {
  /** Debian with cloud-init, as on EC2. */
  readonly stock: Image;
  /** The programs behind AWS's services, such as MariaDB and HAProxy. */
  readonly infra: Image;
  /**
   * The stock image with the packages that a bake installs. This is the slow half, which is not repeated when only a
   * script changed.
   */
  readonly packages: Image;
}

function stockOf(sources: readonly string[]): Image {
  const key = keyOf("1", ...stockPackages, ...sources);
  return { layers: [folderOf("stock", key)], key };
}

async function makeStock(sources: readonly string[], proxy: string, progress: Progress): Promise<Image> {
  const stock = stockOf(sources);
  await cached("stock", stock.key, progress, async (root, logFile) => {
    const apt = [
      `Acquire::http::Proxy "${proxy}"`,
      'Acquire::Languages "none"',
      'Apt::Install-Recommends "false"',
      sandbox,
    ];
    await run(
      [
        "mmdebstrap",
        "--mode=root",
        "--variant=minbase",
        `--include=${stockPackages.join(",")}`,
        ...apt.map((option) => `--aptopt=${option}`),
        // The images' disks need no sync.
        "--dpkgopt=force-unsafe-io",
        release,
        root,
        ...sources,
      ],
      { logFile },
    );
    // mmdebstrap leaves its own options in the image.
    rmSync(join(root, "etc/apt/apt.conf.d/99mmdebstrap"), { force: true });
  });
  return stock;
}

/** Sets the package proxy for apt during the work. */
async function withPackages(root: string, proxy: string, work: () => Promise<void>): Promise<void> {
  put(root, proxyFile, `Acquire::http::Proxy "${proxy}";\n${sandbox};\n`);
  try {
    await work();
  } finally {
    rmSync(join(root, proxyFile));
  }
}

const infraKey = keyOf("1", ...infraPackages);

async function makeInfra(stock: Image, proxy: string, progress: Progress): Promise<Image> {
  return await layerOver(stock, "infra", infraKey, progress, async (root, logFile) => {
    put(root, "usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755);
    const script = `apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends ${infraPackages.join(" ")}`;
    await withPackages(root, proxy, () => inRoot(root, ["sh", "-c", script], logFile));
  });
}

function packageFiles() {
  return serverFiles().filter(({ path }) => /\/(lib\.sh|packages\.(sh|txt))$/.test(path));
}

function packagesKey(): string {
  return keyOf("2", ...packageFiles().map(({ content }) => content));
}

/** Runs the bake's own step that installs the packages. */
async function makePackages(stock: Image, proxy: string, progress: Progress): Promise<Image> {
  return await layerOver(stock, "packages", packagesKey(), progress, async (root, logFile) => {
    put(root, "tmp/unpack.sh", unpackingScript(packageFiles()));
    await inRoot(root, ["sh", "/tmp/unpack.sh"], logFile);
    rmSync(join(root, "tmp/unpack.sh"));
    await withPackages(root, proxy, () =>
      inRoot(root, ["/usr/local/lib/wordpress-on-aws/packages.sh"], logFile),
    );
  });
}

/** All images; each is built only when its content changed. It needs a box with this machine's network: build.ts. */
export async function makeImages(proxy: string, progress: Progress): Promise<Images> {
  const stock = await makeStock(await aptSources(), proxy, progress);
  const [infra, packages] = await Promise.all([
    makeInfra(stock, proxy, progress),
    makePackages(stock, proxy, progress),
  ]);
  return { stock, infra, packages };
}

/** The images with the current content, if the cache has them all; it builds nothing. */
export async function cachedImages(): Promise<Images | undefined> {
  const stock = stockOf(await aptSources());
  const images = {
    stock,
    infra: imageOver(stock, "infra", infraKey),
    packages: imageOver(stock, "packages", packagesKey()),
  };
  const layers = [...new Set(Object.values(images).flatMap((image) => image.layers))];
  if (!layers.every((layer) => existsSync(layer))) return undefined;
  for (const layer of layers) markUsed(layer);
  return images;
}

/** Whether the cache has all images, so that {@link makeImages} builds nothing. */
export async function imagesAreThere(): Promise<boolean> {
  makeCacheFolders();
  return (await cachedImages()) !== undefined;
}
