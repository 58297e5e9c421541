import { createHash } from "node:crypto";
import { homedir } from "node:os";
import path from "node:path";

import { Failure } from "../../cli/failure";
import type { Where } from "../classFolder";

/** Storage with folders: each class has one of its own there. */
const storages = ["file:", "s3:", "gs:", "azblob:"];
/** Pulumi Cloud or a service like it: it has organizations, projects and stacks, no folders. */
const services = ["https:", "http:"];

/** The class for which a shared state is used. */
export interface SharedClass {
  readonly className: string;
  readonly where: Where;
}

/**
 * The URL of a class's state in the backend of `PULUMI_BACKEND_URL`.
 *
 * @param given the variable's value; undefined or empty: the class's folder on this machine
 * @returns undefined for the folder
 * @throws Failure when Pulumi has no such backend
 * @see https://www.pulumi.com/docs/iac/concepts/state-and-backends/
 */
export function classBackendUrl(given: string | undefined, of: SharedClass): string | undefined {
  if (given === undefined || given === "") return undefined;
  const scheme = /^[a-z][a-z0-9+.-]*:/.exec(given)?.[0];
  if (scheme !== undefined && services.includes(scheme)) return given;
  if (scheme === undefined || !storages.includes(scheme)) throw unknown(given);
  const [base = "", query] = withoutTilde(given).split("?", 2);
  const url = `${base.replace(/\/+$/, "")}/students/${slugOf(of.className)}/${of.where}`;
  return query === undefined ? url : `${url}?${query}`;
}

/** The name of a document in the backend. A service has no folders, so the name has the class. */
export function documentName(of: SharedClass, name: string): string {
  return `${slugOf(of.className)}.${of.where}.${name}`;
}

/** Whether the backend encrypts secrets itself, without a passphrase. */
export function keepsSecrets(url: string): boolean {
  return services.some((scheme) => url.startsWith(scheme));
}

/** The folder of a `file:` backend, which must exist before its use. */
export function folderOf(url: string): string | undefined {
  return url.startsWith("file://") ? url.slice("file://".length).split("?", 1)[0] : undefined;
}

/** The URL without passwords and keys, for messages. */
export function shownUrl(url: string): string {
  return url.replace(/\?.*$/, "").replace(/\/\/[^/@]*@/, "//");
}

/** The class's name in characters that are allowed in every URL and every stack's name. */
function slugOf(className: string): string {
  const name = className.normalize("NFC");
  if (/^[A-Za-z0-9_-]{1,60}$/.test(name)) return name;
  const readable = name.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return [readable.slice(0, 40), digest].filter((part) => part !== "").join("-");
}

/** `file://~` is the user's home, as in Pulumi; a relative path starts at the working directory. */
function withoutTilde(url: string): string {
  if (!url.startsWith("file://")) return url;
  const given = url.slice("file://".length).replace(/^~(?=\/|$)/, homedir());
  return `file://${path.resolve(given)}`;
}

function unknown(given: string): Failure {
  return new Failure(
    `PULUMI_BACKEND_URL is ${shownUrl(given)}, which is no backend of Pulumi's.`,
    `Give a URL that starts with ${[...storages, ...services].map((scheme) => `${scheme}//`).join(", ")}, or unset the variable to keep the state in this machine's folder.`,
  );
}
