import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const asUser = ["--user", "--map-auto", "--map-root-user"];
const register = require.resolve("../../../../../nodeHooks/register.cjs");
const mocha = require.resolve("mocha/bin/mocha.js");

/** Who starts the box: root, or the ordinary user whom `LIVE_TEST_USER` names. */
export type Starter = "root" | "user";

/** The prefix of a command that runs it in a box's namespaces. The kernel removes all of them when it ends. */
function boxed(starter: Starter): readonly string[] {
  const unshare = ["unshare", ...(starter === "user" ? asUser : []), "--mount", "--net", "--pid", "--fork"];
  const ending = ["--kill-child", "--mount-proc", "--propagation", "private", "--"];
  const user = process.env["LIVE_TEST_USER"] ?? "labuser";
  const become = ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "--reset-env", "env"];
  const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return [
    ...(starter === "user" && process.getuid?.() === 0 ? [...become, path] : []),
    ...unshare,
    ...ending,
  ];
}

/** Runs a file of tests with mocha in a box. @throws with mocha's report when a test fails */
export function testInBox(file: string, starter: Starter): string {
  const command = [
    process.execPath,
    "--require",
    register,
    mocha,
    "--no-config",
    "--timeout",
    "60000",
    "--exit",
    file,
  ];
  const inner = ["sh", "-c", 'mount -t tmpfs -o mode=755 tmpfs /run && exec "$@"', "sh", ...command];
  const [program = "", ...args] = [...boxed(starter), ...inner];
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    timeout: 300_000,
    cwd: resolve(__dirname, "../../../../.."),
  });
  if (status !== 0) throw new Error(`${file} as ${starter}:\n${stdout}\n${stderr}`);
  return stdout;
}
