import { createHash } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname, uptime } from "node:os";

import { codeOf } from "../../cli/failure";

/**
 * Where process ids are comparable. Two containers may have the same host name, so Linux's boot id and PID namespace
 * count too.
 */
export async function thisMachine(): Promise<string> {
  const boot = await orUndefined(readFile("/proc/sys/kernel/random/boot_id", "utf8"));
  const namespace = await orUndefined(readlink("/proc/self/ns/pid"));
  const started = String(Math.round(Date.now() / 1000 - uptime()));
  const facts = [hostname(), boot ?? started, namespace ?? ""].join("\n");
  return createHash("sha256").update(facts).digest("hex").slice(0, 16);
}

async function orUndefined(reading: Promise<string>): Promise<string | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
