import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";

import { sharedCache } from "../../cli/sharedCache";
import { cachedImages } from "../../localAws/live/images/images";
import { userNamespaceOptions } from "../../localAws/live/images/namespaces";
import type { Identity } from "../localAws/live/support/identity";

/** Prints the folders of a layer that hide those of the layers below, each with a null character at its end. */
const listOpaque = `
import os, sys
for place, folders, _ in os.walk("."):
    for name in folders:
        path = os.path.join(place, name)
        if not os.path.islink(path) and "trusted.overlay.opaque" in os.listxattr(path):
            sys.stdout.write(path + "\\0")
`;
/** Marks them as overlay file systems in a user namespace do. */
const markOpaque = `
import os, sys
for path in sys.stdin.read().split("\\0")[:-1]:
    os.setxattr(path, "user.overlay.opaque", b"y")
`;

/** Devices, which a user namespace cannot create, are in /dev only, and a boot makes its own /dev. */
const packed = ["--create", "--numeric-owner", "--acls", "--xattrs", "--xattrs-include=security.*"];
const unpacked = ["--extract", "--numeric-owner", "--same-permissions", "--acls", "--xattrs"];

/**
 * Copies root's images and Pulumi CLI into the cache of an ordinary user: a user builds the same in four minutes. Files
 * get the owners of the user's range of ids.
 */
export async function shareCaches(identity: Identity): Promise<void> {
  const images = await cachedImages();
  if (images === undefined) throw new Error("The cache has no images.");
  const { stock, infra, packages } = images;
  const layers = [...new Set([stock, infra, packages].flatMap((image) => image.layers))];
  const live = path.join(identity.cache, "live");
  await transfer(["true"], identity.run(["mkdir", "--parents", live]));
  for (const layer of layers) {
    const target = path.join(live, path.basename(layer));
    if (!existsSync(target)) await copyLayer(layer, target, identity);
  }
  await copyPulumi(identity);
}

async function copyLayer(layer: string, target: string, identity: Identity): Promise<void> {
  const draft = `${target}.copy`;
  const inNamespace = (...command: readonly string[]) =>
    identity.run(["unshare", ...userNamespaceOptions(identity.uid), ...command]);
  await transfer(["true"], inNamespace("rm", "--recursive", "--force", draft));
  await transfer(["true"], inNamespace("mkdir", draft));
  await transfer(
    ["tar", ...packed, "--exclude=./dev/*", "--directory", layer, "."],
    inNamespace("tar", ...unpacked, "--directory", draft),
  );
  await transfer(
    ["sh", "-c", 'cd "$0" && exec python3 -c "$1"', layer, listOpaque],
    inNamespace("sh", "-c", 'cd "$0" && exec python3 -c "$1"', draft, markOpaque),
  );
  await transfer(["true"], identity.run(["mv", draft, target]));
}

/** The versions that the user's cache does not have. */
async function copyPulumi(identity: Identity): Promise<void> {
  const from = path.join(sharedCache(process.env), "pulumi");
  const to = path.join(identity.cache, "pulumi");
  for (const version of existsSync(from) ? readdirSync(from) : []) {
    if (existsSync(path.join(to, version)) || !existsSync(path.join(from, version, "bin/pulumi"))) continue;
    const draft = path.join(to, `${version}.copy`);
    await transfer(["true"], identity.run(["mkdir", "--parents", draft]));
    await transfer(
      ["tar", "--create", "--directory", path.join(from, version), "."],
      identity.run(["tar", "--extract", "--no-same-owner", "--directory", draft]),
    );
    await transfer(["true"], identity.run(["mv", draft, path.join(to, version)]));
  }
}

/** Gives the output of one command to the other one. @throws Error with what they print when one of them fails */
async function transfer(from: readonly string[], to: readonly string[]): Promise<void> {
  const source = spawn(from[0] ?? "", from.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  const target = spawn(to[0] ?? "", to.slice(1), { stdio: ["pipe", "ignore", "pipe"] });
  // A command that fails ends before it has read everything; its exit status counts.
  target.stdin.on("error", () => undefined);
  source.stdout.pipe(target.stdin);
  const problems = Promise.all([text(source.stderr), text(target.stderr)]);
  await Promise.all([once(source, "close"), once(target, "close")]);
  if (source.exitCode === 0 && target.exitCode === 0) return;
  throw new Error(`${to.join(" ")}: ${(await problems).join("").slice(-2_000)}`);
}
