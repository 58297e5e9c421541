import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { Failure } from "../../cli/failure";
import { keysFor } from "../keys/keyFile";
import { languageFor } from "../language/language";
import { defaultListenAddress, urlOf } from "../listenAddress";
import { classFingerprint } from "../served/certificate";
import type { SheetFacts } from "../sheets/sheet";
import { sheetsHtml } from "../sheets/sheetHtml";
import { sheetText } from "../sheets/sheetText";
import type { CommandContext, Outcome } from "./context";

/** Only the owner may read the keys. */
const modes = { folder: 0o700, file: 0o600 };

/** Writes a sheet for each student as HTML and text, and all of them in one HTML file to print. */
export async function sheets({ invocation, run }: CommandContext): Promise<Outcome> {
  const language = languageFor(invocation.lang, process.env);
  const facts = await sheetFacts(invocation, run);
  const folder = path.join(run.place.folder, "sheets");
  await mkdir(folder, { recursive: true, mode: modes.folder });
  await chmod(folder, modes.folder);
  const write = async (name: string, text: string): Promise<void> => {
    const file = path.join(folder, name);
    await writeFile(file, text, { mode: modes.file });
    // The file may exist from an earlier run.
    await chmod(file, modes.file);
  };
  for (const sheet of facts) {
    await write(`${sheet.id}.html`, sheetsHtml([sheet], language));
    await write(`${sheet.id}.txt`, sheetText(sheet, language));
  }
  const all = path.join(folder, "all.html");
  await write("all.html", sheetsHtml(facts, language));
  return {
    ok: true,
    text: `${facts.length} sheets are in ${folder}. To print all, one page each: ${all}`,
    facts: { folder, all, students: facts.map(({ id, name }) => ({ id, name })) },
  };
}

async function sheetFacts(
  invocation: CommandContext["invocation"],
  { place, stacks, accountOf }: CommandContext["run"],
): Promise<readonly SheetFacts[]> {
  const of = stacks.map(({ student, region }) => ({
    className: place.className,
    id: student.id,
    name: student.name,
    accountId: accountOf(student),
    region,
    source: student.credentials,
  }));
  if (!invocation.local) {
    return of.map(({ source, ...about }) => ({ ...about, access: { kind: "aws", source } }));
  }
  const scheme = invocation.https === true ? "https" : "http";
  const asked = invocation.address === undefined ? undefined : urlOf(invocation.address, scheme);
  const ids = of.map(({ id }) => id);
  const { keys, url = urlOf(defaultListenAddress, scheme) } = await keysFor(place, ids, asked);
  const fingerprint = url.startsWith("https:") ? await requireFingerprint(place) : undefined;
  return of.flatMap(({ className, id, name, accountId, region }) => {
    const key = keys.get(id);
    const about = { className, id, name, accountId, region };
    return key === undefined
      ? []
      : [{ ...about, access: { kind: "emulator" as const, url, fingerprint, ...key } }];
  });
}

async function requireFingerprint(place: CommandContext["run"]["place"]): Promise<string> {
  const fingerprint = await classFingerprint(place);
  if (fingerprint !== undefined) return fingerprint;
  throw new Failure(
    "The class has no certificate yet.",
    "Start the emulator's address first: npm run students -- serve ROSTER --local --https --address IP.",
  );
}
