import { homedir } from "node:os";
import path from "node:path";

import { exitStatus, isAtTerminal } from "../../cli/commandProcess";
import { codeOf, Failure } from "../../cli/failure";
import { passThrough } from "../../cli/passThrough";
import { findServer } from "../../cli/serverName";
import { findAccess, publicKeyOf } from "../access/findAccess";
import { privateKeyFor, requireKeyFile } from "../access/privateKey";
import { fleetServers } from "../access/servers";
import { shellLine, signInCommand, signInProblem, type Access, type CommandWords } from "../access/signIn";
import type { Context } from "../context";
import { localRun } from "../localRun";

/**
 * Opens a shell on a server: of a live emulator, or on AWS as the stack's settings allow. Without a terminal, or with
 * `--json`, it prints the command.
 * @returns the exit status of the shell
 */
export async function shell(context: Context): Promise<number> {
  const { conclude, interrupt, invocation, learn, screen, stack } = context;
  const { json, local, subject } = invocation;
  if (local && isAtTerminal() && !json) {
    const words = ["shell", ...(subject === undefined ? [] : [subject])];
    return interrupt.finishing(() => passThrough(localRun(invocation, words)));
  }
  const server = findServer(
    await fleetServers(stack),
    subject,
    "If the fleet is paused (fleet.paused) or its servers start now, wait or resume it, then run this again.",
  );
  const access = await findAccess(stack, server);
  const problem = signInProblem(access);
  if (problem !== undefined) throw problem;
  const program = signInCommand(access, await keyFile(context, access));
  learn({ server: server.id, shell: shellLine(program) });
  if (json || !isAtTerminal()) {
    conclude(shellLine(program));
    return exitStatus.ok;
  }
  screen.print(shellLine(program));
  return interrupt.finishing(() => runShell(program));
}

/** The private key: the user's choice, or the one in `~/.ssh` that fits the server's key pair. */
async function keyFile(
  { invocation, screen, stack }: Context,
  { server }: Access,
): Promise<string | undefined> {
  if (invocation.key !== undefined) {
    await requireKeyFile(invocation.key);
    return invocation.key;
  }
  const keyName = server.keyName ?? "";
  const publicKey = await publicKeyOf(stack, keyName);
  const folder = path.join(homedir(), ".ssh");
  const found = publicKey === undefined ? undefined : await privateKeyFor(publicKey, folder);
  if (found === undefined) {
    screen.print(`No key in ${folder} fits the key pair ${keyName}. Name its private key with --key FILE.`);
  }
  return found;
}

async function runShell({ command, words }: CommandWords): Promise<number> {
  try {
    return await passThrough({ command, words, environment: process.env });
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") throw cause;
    throw new Failure(
      `The program ${command} is not installed.`,
      command === "aws" ? "Install version 2 of the AWS CLI and an OpenSSH client." : "Install OpenSSH.",
      { cause },
    );
  }
}
