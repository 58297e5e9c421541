import { padToWidth } from "../../cli/width";
import type { CostBasis } from "../../components/cost/cost";
import { readCheckpoint } from "../../engine/checkpoint";
import { projectName } from "../../engine/settingsFile";
import type { RegionalSettings } from "../../settingsInPlace";
import { readRecord, type StudentRecord } from "../record";
import type { Student } from "../roster/roster";
import type { StudentStack } from "../settings/studentSettings";
import { costFacts, costLines, dollars } from "../ui/costText";
import { foldersIn } from "../work/studentFolders";
import type { CommandContext, Outcome } from "./context";

/** Shows the state of each student's stack, from the files of its last run. It calls nothing. */
export async function status({ run }: CommandContext): Promise<Outcome> {
  const rows = await Promise.all(run.stacks.map((stack) => rowOf(stack, run)));
  const up = rows.filter(({ state }) => state !== "not up").map(({ billed }) => billed);
  return {
    ok: true,
    text: [...rows.map(rowLine), ...(up.length === 0 ? ["No stack is up."] : costLines(up))].join("\n"),
    facts: { students: rows.map(({ billed, ...facts }) => ({ ...facts, cost: costFacts(billed.settings) })) },
  };
}

/** Twelve Latin or six Korean letters; a longer name shifts the rest of the line. */
const nameColumns = 12;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly state: string;
  readonly resources: number;
  readonly siteUrl: string | undefined;
  readonly error: string | undefined;
  /** The settings that AWS bills: a paused stack has no servers. */
  readonly billed: { readonly student: Student; readonly settings: CostBasis };
}

async function rowOf(stack: StudentStack, { place, localFolder }: CommandContext["run"]): Promise<Row> {
  const { student, region, settings } = stack;
  const folder = place.ofStudent(student.id);
  const checkpoint = await readCheckpoint(foldersIn(folder, localFolder), projectName, student.id);
  const record = await readRecord(folder);
  const resources = checkpoint?.resources.length ?? 0;
  const siteUrl = checkpoint?.outputs["siteUrl"];
  const paused = record?.pausedAt !== undefined;
  return {
    id: student.id,
    name: student.name,
    region,
    state: stateOf(resources, record, (checkpoint?.interrupted.length ?? 0) > 0),
    resources,
    siteUrl: typeof siteUrl === "string" ? siteUrl : undefined,
    error: record?.error,
    billed: { student, settings: paused ? whilePaused(settings) : settings },
  };
}

/** The settings that a paused stack is billed by. */
function whilePaused(settings: RegionalSettings): CostBasis {
  const { database, fleet } = settings;
  return { ...settings, database: { ...database, stopped: true }, fleet: { ...fleet, paused: true } };
}

/** The stack's state in one or two words. */
export function stateOf(resources: number, record: StudentRecord | undefined, interrupted: boolean): string {
  if (interrupted || (record !== undefined && record.endedAt === undefined)) {
    return "interrupted, or still running";
  }
  if (record?.error !== undefined) return `${record.operation} failed`;
  if (resources === 0) return "not up";
  return record?.pausedAt === undefined ? "up" : "paused";
}

function rowLine({ id, name, state, resources, siteUrl, error, billed }: Row): string {
  const cost = resources === 0 ? "" : `  ${dollars(costFacts(billed.settings).dollarsPerHour, 4)} an hour`;
  const more = error?.split("\n")[0] ?? siteUrl ?? "";
  return `${id.padEnd(20)} ${padToWidth(name, nameColumns)} ${state}, ${resources} resources${cost}  ${more}`.trimEnd();
}
