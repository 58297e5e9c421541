import { emulatorFolder, foldersOf } from "../../engine/folders";
import { liveStatus } from "../../localAws/live";
import { startPage } from "../../localAws/live/page/page";
import { accountsOf } from "../account/open";
import { repository } from "../classRun";
import { readLedgers } from "../guard/ledgers";
import { languageFor } from "../language/language";
import { askStudent } from "../progress/askStudent";
import { progressLines } from "../progress/progressText";
import type { StudentStack } from "../settings/studentSettings";
import { makeClassWatch, type ClassWatch } from "../watch/classWatch";
import type { Tile } from "../watch/model";
import { startClassPage } from "../watch/server";
import { studentPages } from "../watch/serverPages";
import { labelsFor, tileOf } from "../watch/tile";
import type { CommandContext, Outcome } from "./context";
import { studentsAtOnce } from "./status";
import { untilStopped } from "./untilStopped";

/** A grading asks an account about 80 questions; each account has its own rate at AWS. */
const intervalMilliseconds = { aws: 60_000, local: 5_000 };

/** A guard runs once an hour. */
const ledgerMilliseconds = 300_000;

/** Shows the class while it works, until Ctrl-C: a page on loopback, or lines. Changes nothing. */
export async function watch(context: CommandContext): Promise<Outcome> {
  const { run, invocation, stop } = context;
  const { local } = invocation;
  const interval = local ? intervalMilliseconds.local : intervalMilliseconds.aws;
  const accounts = renewed(interval, () => accountsOf({ ...run, repository, local, now: new Date(), stop }));
  const ledgers = renewed(ledgerMilliseconds, () => readLedgers(run.state));
  // A missing emulator is reported now, not on the page.
  await accounts();
  const classWatch = makeClassWatch({
    students: run.stacks.map((stack) => ({ id: stack.student.id, stack })),
    ask: ({ stack }) => askStudent(stack, { accounts, run, ledgers, graded: true, stop }),
    intervalMilliseconds: interval,
    size: invocation.parallel ?? studentsAtOnce,
  });
  try {
    await (invocation.text === true
      ? showLines(context, classWatch)
      : showPage(context, classWatch, accounts));
  } finally {
    await classWatch.stop();
  }
  return { ok: true, text: "", facts: {} };
}

/** The same value for a while: students who share an account share its pace. */
function renewed<T>(milliseconds: number, make: () => Promise<T>): () => Promise<T> {
  let made: { readonly at: number; readonly value: Promise<T> } | undefined;
  return () => {
    if (made === undefined || Date.now() - made.at >= milliseconds) made = { at: Date.now(), value: make() };
    return made.value;
  };
}

async function showLines(
  { invocation, screen, stop }: CommandContext,
  classWatch: ClassWatch,
): Promise<void> {
  const language = languageFor(invocation.lang, process.env);
  classWatch.follow((progress) => {
    const time = progress.askedAt.slice(11, 19);
    const [first = "", ...more] = progressLines(progress, language);
    for (const line of [`${time} ${first}`, ...more]) screen.print(line);
  });
  await untilStopped(stop);
}

async function showPage(
  { run, invocation, screen, stop }: CommandContext,
  classWatch: ClassWatch,
  accounts: () => ReturnType<typeof accountsOf>,
): Promise<void> {
  const { local } = invocation;
  const language = languageFor(invocation.lang, process.env);
  const labels = labelsFor(run.place.className, local, language);
  const pages = studentPages({ stacks: run.stacks, local, accounts });
  const servers = await startPage({ stacks: pages, port: 0 });
  const pageOf = (id: string) => `${livePageIn(run.localFolder, local) ?? servers.url}/${id}/`;
  const page = await startClassPage({
    watch: classWatch,
    labels,
    students: run.stacks.map(({ student }: StudentStack) => student),
    tileOf: (progress) => tileOf(progress, language, pageOf(progress.id)),
    waitingTile: ({ id, name }): Tile => ({
      id,
      name,
      tone: "info",
      state: labels.waiting,
      detail: "",
      points: null,
      cost: "",
      credentialsExpireAt: null,
      siteUrl: null,
      pageUrl: pageOf(id),
      problems: [],
    }),
    port: invocation.pagePort,
  });
  try {
    screen.print(`Watch  ${page.url}`);
    screen.print("It reads the accounts while a browser shows it, and changes nothing. Ctrl-C ends it.");
    await untilStopped(stop);
  } finally {
    await page.close();
    await servers.close();
    await pages.stop();
  }
}

/** The live lab's page, which also has its buttons. */
function livePageIn(localFolder: string, local: boolean): string | undefined {
  if (!local) return undefined;
  const live = liveStatus(emulatorFolder(foldersOf({ repository, local: localFolder })));
  return live.running ? (live.ways.page ?? undefined) : undefined;
}
