import type { Machine } from "./machine";

/** Runs code on a server as a visit to its site would, with WordPress loaded. @returns what it printed, less its log */
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
