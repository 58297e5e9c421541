import { rmSync } from "node:fs";
import { join } from "node:path";

import { serverFiles } from "../../../components/wordpressFleet/server/files";
import { unpackingScript } from "../../../components/wordpressFleet/server/pack";
import { run } from "../support/command";
import { cached, inRoot, keyOf, layerOver, put, type Image } from "./layer";
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
const infraPackages = ["haproxy", "mariadb-server"];
const proxyFile = "etc/apt/apt.conf.d/90lab-proxy";

/** Images that are built with this machine's network. A builder in the lab bakes the servers' image. */
export interface Images {
  /** Debian with cloud-init, as on EC2. */
  readonly stock: Image;
  /** MariaDB and HAProxy, in place of RDS and the load balancer. */
  readonly infra: Image;
  /**
   * The stock image with the packages that a bake installs. This is the slow half, which is not repeated when only a
   * script changed.
   */
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
        // The lab's disks need no sync.
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

/** Sets the rig's proxy for apt during the work. */
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

/** Runs the bake's own step that installs the packages. */
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

/** All images; each is built only when its content changed. */
export async function makeImages(proxy: string): Promise<Images> {
  const stock = await stockImage(proxy);
  const [infra, packages] = await Promise.all([infraImage(stock, proxy), packagesImage(stock, proxy)]);
  return { stock, infra, packages };
}
