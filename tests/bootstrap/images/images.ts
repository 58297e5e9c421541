import { rmSync } from "node:fs";
import { join } from "node:path";

import { serverFiles } from "../../../components/wordpressFleet/server/files";
import { unpackingScript } from "../../../components/wordpressFleet/server/pack";
import { run } from "../support/command";
import { cached, inRoot, keyOf, layerOver, put, type Image } from "./layer";
import { aptSources, release } from "./mirror";

/** Roughly what Debian's own image for EC2 carries. */
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
const infraPackages = ["haproxy", "mariadb-server"];
const proxyFile = "etc/apt/apt.conf.d/90lab-proxy";

/** What is made with this machine's network; the servers' image is baked in the lab, by a builder. */
export interface Images {
  /** Debian with cloud-init, as on EC2. */
  readonly stock: Image;
  /** MariaDB and HAProxy, in place of RDS and the load balancer. */
  readonly infra: Image;
  /** The stock image with the packages that a bake installs: the slow half, which a changed script need not repeat. */
  readonly packages: Image;
}

async function stockImage(proxy: string): Promise<Image> {
  const sources = await aptSources();
  const key = keyOf("1", ...stockPackages, ...sources);
  const folder = await cached("stock", key, async (root, logFile) => {
    const apt = [
      `Acquire::http::Proxy "${proxy}"`,
      'Acquire::Languages "none"',
      'Apt::Install-Recommends "false"',
    ];
    await run(
      [
        "mmdebstrap",
        "--variant=minbase",
        `--include=${stockPackages.join(",")}`,
        ...apt.map((option) => `--aptopt=${option}`),
        // The lab's disks are not worth a sync.
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
  return { layers: [folder], key };
}

/** With the rig's proxy for apt, for as long as the work takes. */
async function withPackages(root: string, proxy: string, work: () => Promise<void>): Promise<void> {
  put(root, proxyFile, `Acquire::http::Proxy "${proxy}";\n`);
  try {
    await work();
  } finally {
    rmSync(join(root, proxyFile));
  }
}

async function infraImage(stock: Image, proxy: string): Promise<Image> {
  return await layerOver(stock, "infra", keyOf("1", ...infraPackages), async (root, logFile) => {
    put(root, "usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755);
    const script = `apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends ${infraPackages.join(" ")}`;
    await withPackages(root, proxy, () => inRoot(root, ["sh", "-c", script], logFile));
  });
}

/** By the very step of the bake that installs them. */
async function packagesImage(stock: Image, proxy: string): Promise<Image> {
  const files = serverFiles().filter(({ path }) => /\/(lib\.sh|packages\.(sh|txt))$/.test(path));
  const contents = files.map(({ content }) => content);
  return await layerOver(stock, "packages", keyOf("2", ...contents), async (root, logFile) => {
    put(root, "tmp/unpack.sh", unpackingScript(files));
    await inRoot(root, ["sh", "/tmp/unpack.sh"], logFile);
    rmSync(join(root, "tmp/unpack.sh"));
    await withPackages(root, proxy, () =>
      inRoot(root, ["/usr/local/lib/wordpress-on-aws/packages.sh"], logFile),
    );
  });
}

/** All images, each made only when something that goes into it changed. */
export async function makeImages(proxy: string): Promise<Images> {
  const stock = await stockImage(proxy);
  const [infra, packages] = await Promise.all([infraImage(stock, proxy), packagesImage(stock, proxy)]);
  return { stock, infra, packages };
}
