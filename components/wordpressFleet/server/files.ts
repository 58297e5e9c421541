import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { compact } from "./comments";

const lib = "/usr/local/lib/wordpress-on-aws";
const units = "/etc/systemd/system";
const content = "/var/lib/wordpress/wp-content";
const php = "/etc/php/8.4/fpm";

/** Where each file of this folder goes on a server; all belong to root. */
const targets = {
  "packages.txt": `${lib}/packages.txt`,
  "programs/admin-password.php": `${lib}/admin-password.php`,
  "programs/aws.php": `${lib}/aws.php`,
  "programs/bake.sh": `${lib}/bake.sh`,
  "programs/build-image.sh": `${lib}/build-image.sh`,
  "programs/configure.sh": `${lib}/configure.sh`,
  "programs/cron.php": `${lib}/cron.php`,
  "programs/database.php": `${lib}/database.php`,
  "programs/health.php": `${lib}/health.php`,
  "programs/install.php": `${lib}/install.php`,
  "programs/lib.sh": `${lib}/lib.sh`,
  "programs/packages.sh": `${lib}/packages.sh`,
  "programs/purge.php": `${lib}/purge.php`,
  "programs/refresh-secret.php": `${lib}/refresh-secret.php`,
  "programs/secrets-manager.php": `${lib}/secrets-manager.php`,
  "programs/self-test.php": `${lib}/self-test.php`,
  "programs/self-test.sh": `${lib}/self-test.sh`,
  "programs/ses-mailer.php": `${lib}/ses-mailer.php`,
  "programs/settings.php": `${lib}/settings.php`,
  "programs/status.sh": `${lib}/status.sh`,
  "programs/uploads.sh": `${lib}/uploads.sh`,
  "programs/visit.php": `${lib}/visit.php`,
  "programs/watch.sh": `${lib}/watch.sh`,
  "programs/wordpress-server.sh": "/usr/local/sbin/wordpress-server",
  "nginx/wordpress-http.conf": "/etc/nginx/conf.d/wordpress.conf",
  "nginx/wordpress-site.conf": "/etc/nginx/sites-available/wordpress",
  "php/pools.conf": `${php}/pool.d/wordpress.conf`,
  "php/wordpress.ini": `${php}/conf.d/99-wordpress.ini`,
  "systemd/php-fpm-uploads.conf": `${units}/php8.4-fpm.service.d/uploads.conf`,
  // systemd wants a mount's unit named by its folder.
  "systemd/uploads.mount": `${units}/var-lib-wordpress-wp\\x2dcontent-uploads.mount`,
  "systemd/wordpress-cron.service": `${units}/wordpress-cron.service`,
  "systemd/wordpress-cron.timer": `${units}/wordpress-cron.timer`,
  "systemd/wordpress-on-aws.preset": "/etc/systemd/system-preset/00-wordpress-on-aws.preset",
  "systemd/wordpress-purge.service": `${units}/wordpress-purge.service`,
  "systemd/wordpress-secret.path": `${units}/wordpress-secret.path`,
  "systemd/wordpress-secret.service": `${units}/wordpress-secret.service`,
  "systemd/wordpress-secret.timer": `${units}/wordpress-secret.timer`,
  "systemd/wordpress-server.service": `${units}/wordpress-server.service`,
  "systemd/wordpress-uploads-tunnel.service": `${units}/wordpress-uploads-tunnel.service`,
  "systemd/wordpress-watch.service": `${units}/wordpress-watch.service`,
  "wordpress/config-default.php": "/etc/wordpress/config-default.php",
  "wordpress/db.php": `${content}/db.php`,
  "wordpress/mail.php": `${content}/mu-plugins/mail.php`,
  "wordpress/network.php": `${content}/mu-plugins/network.php`,
  "wordpress/page-cache.php": `${content}/mu-plugins/page-cache.php`,
  "wordpress/site-health.php": `${content}/mu-plugins/site-health.php`,
} as const;

/** A file as it is on a server. */
export interface ServerFile {
  /** Absolute. */
  readonly path: string;
  /** Octal, e.g. `0755`. */
  readonly mode: "0644" | "0755";
  readonly content: string;
}

/** Without these, nginx caches no page. */
const ofThePageCache: ReadonlySet<string> = new Set<keyof typeof targets>([
  "programs/purge.php",
  "systemd/wordpress-purge.service",
  "wordpress/page-cache.php",
]);

/**
 * All that a stock machine lacks. Comments and indentation stay here: user data is small.
 * @param without for a bootstrapping server, whose user data has no room for the page cache beside its settings
 */
export function serverFiles(without?: "page cache"): readonly ServerFile[] {
  // PHP last: what is alike compresses best together.
  const isPhp = (source: string): number => Number(source.endsWith(".php"));
  return Object.entries(targets)
    .filter(([source]) => without === undefined || !ofThePageCache.has(source))
    .sort(([one], [other]) => isPhp(one) - isPhp(other))
    .map(([source, path]) => ({
      path,
      mode: source.endsWith(".sh") ? "0755" : "0644",
      content: compact(source, readFileSync(join(__dirname, source), "utf8")),
    }));
}

/** Twelve hex digits that change when anything of {@link serverFiles} does: an image is named by them. */
export function serverFilesHash(): string {
  return createHash("sha256").update(JSON.stringify(serverFiles())).digest("hex").slice(0, 12);
}
