import { networkInterfaces } from "node:os";

import { counted } from "../../cli/counted";
import { startEmulatorIn } from "../../engine/emulator";
import { emulatorFolder, foldersOf } from "../../engine/folders";
import { startClock } from "../../localAws/clock";
import { emulatorApi } from "../../localAws/emulator";
import { startGateway, type Key } from "../../localAws/gateway";
import { createPrerequisites, prerequisitesOf } from "../../localAws/prerequisites";
import { emulatedInternet } from "../account/emulatedInternet";
import { regionIn } from "../account/open";
import { repository } from "../classRun";
import { keysFor } from "../keys/keyFile";
import { defaultListenAddress, isEveryAddress, urlOf, type ListenAddress } from "../listenAddress";
import { certificateFor } from "../served/certificate";
import { classPages } from "../served/pages";
import { stackConfig } from "../settings/classSettings";
import { studentsCommand } from "../studentsCommand";
import type { CommandContext, Outcome } from "./context";
import { untilStopped } from "./untilStopped";

/**
 * Lets the class reach the emulator until Ctrl-C: each student with a key of their own, which opens one account. The
 * clock runs, so schedules fire.
 */
export async function serve(context: CommandContext): Promise<Outcome> {
  const { invocation, run, screen, steps, stop } = context;
  const folders = foldersOf({ repository, local: run.localFolder });
  const emulator = await startEmulatorIn({ folders, port: invocation.port, steps, screen });
  const { endpoint } = emulator;
  const accounts = run.stacks.flatMap((stack) => {
    const accountId = run.accountOf(stack.student);
    return accountId === undefined ? [] : [{ ...stack, accountId }];
  });
  await steps.run("Accounts", async () => {
    for (const { region, groups, accountId } of accounts) {
      await createPrerequisites(
        { endpoint, region, accountId },
        prerequisitesOf(stackConfig(region, groups)),
      );
    }
    await startClock({ endpoint, folder: emulatorFolder(folders) });
  });
  const opened = new Map<string, Key>();
  const { ip, port } = invocation.address ?? defaultListenAddress;
  const scheme = invocation.https === true ? "https" : "http";
  const certificate =
    scheme === "https" ? await certificateFor(run.place, urlForOthers({ ip, port }, scheme)) : undefined;
  const { world } = emulatorApi(endpoint);
  const pages = classPages({
    internet: emulatedInternet({ world }, () => regionIn(emulatorFolder(folders))),
    world,
    authority: certificate?.authority,
  });
  const gateway = await startGateway({
    emulator: endpoint,
    keyOf: (id) => opened.get(id),
    address: ip,
    port,
    pages,
    ...(certificate === undefined ? {} : { tls: certificate.gateway }),
  });
  try {
    const url = urlForOthers({ ip, port: gateway.port }, scheme);
    const ids = accounts.map(({ student }) => student.id);
    const { keys } = await keysFor(run.place, ids, url);
    for (const { student, accountId } of accounts) {
      const key = keys.get(student.id);
      if (key !== undefined) opened.set(key.accessKeyId, { ...key, accountId });
    }
    const sheets = studentsCommand({ ...invocation, command: "sheets" });
    screen.print(
      `The class reaches the emulator at ${url}, ${counted(accounts.length, "student")}, one account each.`,
    );
    screen.print(
      certificate === undefined
        ? `Their keys: ${sheets}. The connection is HTTP without TLS: use it in your own network only.`
        : `Their keys: ${sheets}. The certificate's authority: ${certificate.fingerprint}`,
    );
    screen.print("Ctrl-C ends it; the emulator and its stacks stay.");
    await untilStopped(stop);
    return { ok: true, text: "Only this machine reaches the emulator now.", facts: { url } };
  } finally {
    await gateway.close();
  }
}

/** With every address of this machine: the first one that others can call. */
function urlForOthers(address: ListenAddress, scheme: "http" | "https"): string {
  if (!isEveryAddress(address)) return urlOf(address, scheme);
  const outer = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === "IPv4");
  return urlOf({ ...address, ip: outer?.address ?? "127.0.0.1" }, scheme);
}
