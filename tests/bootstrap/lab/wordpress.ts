import type { Machine } from "./machine";

/**
 * Runs PHP code on a server as a request to its site does, with WordPress loaded. @returns its output without its log
 */
export async function runInWordPress(machine: Machine, code: string): Promise<string> {
  const program = [
    "require '/usr/local/lib/wordpress-on-aws/visit.php';",
    "pretend_visit('/');",
    "require '/usr/share/wordpress/wp-load.php';",
    code,
  ];
  return await machine.run(
    "runuser",
    "-u",
    "www-data",
    "--",
    "php",
    "-d",
    "error_log=/dev/null",
    "-r",
    program.join("\n"),
  );
}
