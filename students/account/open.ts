import { Failure } from "../../cli/failure";
import { emulatorFolder, foldersOf } from "../../engine/folders";
import { emulatorApi, emulatorStatus } from "../../localAws/emulator";
import { controlClient, dialRegion, liveStatus } from "../../localAws/live";
import type { Credentials } from "../credentials/resolve";
import { resolveCredentials } from "../credentials/resolve";
import type { Student } from "../roster/roster";
import { gatewayInternet } from "../served/gatewayInternet";
import type { StudentStack } from "../settings/studentSettings";
import { openAccount, type StudentAccount, type Tag } from "./account";
import { assignmentOf } from "./assignment";
import { emulatedInternet, type RegionInternet } from "./emulatedInternet";
import type { Internet } from "./internet";
import { accountLimits, emulatorLimits, makePace, type Pace, type PaceLimits } from "./pace";
import { realInternet } from "./realInternet";

/** A student's account, open for questions. */
export interface OpenedAccount {
  readonly account: StudentAccount;
  /** When the credentials expire, if known. */
  readonly expiresAt: Date | undefined;
}

/** Opens accounts one at a time or several at once. */
export interface Accounts {
  /**
   * @throws Failure when the credentials cannot be read; AWS's own error when it refuses them; TimeLimitError
   */
  readonly open: (stack: Pick<StudentStack, "student" | "region" | "settings">) => Promise<OpenedAccount>;
}

export interface AccountsOptions {
  readonly repository: string;
  /** The folder of all files that runs create. */
  readonly localFolder: string;
  /** Whether the accounts are the emulator's. */
  readonly local: boolean;
  /** Every student of the roster, also those who are not asked about. */
  readonly students: readonly Student[];
  readonly accountOf: (student: Student) => string | undefined;
  readonly now: Date;
  /** Ends all questions. */
  readonly stop: AbortSignal;
}

/**
 * The accounts of a class: the students' own ones, or those in the running emulator.
 * @throws Failure with `local` when no emulator runs
 */
export async function accountsOf(options: AccountsOptions): Promise<Accounts> {
  const { local, accountOf, now, stop } = options;
  const place = local ? await emulatedPlace(options) : realPlace(process.env);
  const paces = pacesOf(place.limits);
  const shared = sharedAmong(options.students);
  return {
    open: async ({ student, region, settings }) => {
      const accountId = accountOf(student);
      const credentials =
        local && accountId !== undefined
          ? { accessKeyId: accountId, secretAccessKey: "emulator" }
          : await resolveCredentials(student.credentials, region);
      const { endpoint } = place;
      const account = await openAccount({
        client: { region, credentials, ...(endpoint === undefined ? {} : { endpoint }) },
        assignment: assignmentOf(settings),
        paceOf: paces,
        ownerOf: () => (!local && shared(student) ? studentTag(student) : undefined),
        internet: place.internetOf({ region, credentials }),
        now,
        stop,
      });
      return { account, expiresAt: credentials.expiresAt };
    },
  };
}

/** The tag of a student's resources: `students/settings` adds it. */
export function studentTag({ id }: Pick<Student, "id">): Tag {
  return { key: "Student", value: id };
}

interface InternetAccess {
  readonly region: string;
  readonly credentials: Credentials;
}

/** Where the accounts are. */
interface Place {
  readonly endpoint: string | undefined;
  readonly internetOf: (access: InternetAccess) => Internet;
  readonly limits: PaceLimits;
}

async function emulatedPlace({ repository, localFolder }: AccountsOptions): Promise<Place> {
  const folder = emulatorFolder(foldersOf({ repository, local: localFolder }));
  const emulator = await emulatorStatus(folder);
  if (!emulator.running) {
    throw new Failure(
      "No emulator runs on this machine, so its accounts are gone.",
      "Create the stacks again: npm run students -- up ROSTER --local.",
    );
  }
  const { endpoint } = emulator;
  const internet = emulatedInternet(emulatorApi(endpoint), () => regionIn(folder));
  return {
    endpoint,
    internetOf: () => internet,
    limits: emulatorLimits,
  };
}

/** AWS; or with `AWS_ENDPOINT_URL`, which the SDK follows, an emulator, which a class reaches by its gateway. */
export function realPlace({ AWS_ENDPOINT_URL: endpoint = "" }: NodeJS.ProcessEnv): Place {
  if (endpoint === "") {
    return { endpoint: undefined, internetOf: () => realInternet, limits: accountLimits };
  }
  const direct = emulatedInternet(emulatorApi(endpoint), () => undefined);
  return {
    endpoint,
    internetOf: (access) => gatewayInternet({ endpoint, ...access }, direct),
    limits: emulatorLimits,
  };
}

/** The live region of the emulator's folder, while one runs. */
export function regionIn(folder: string): RegionInternet | undefined {
  const live = liveStatus(folder);
  if (!live.running || !live.isReady) return undefined;
  return {
    dial: (address, port, signal) => dialRegion(folder, address, port, signal),
    authority: () => controlClient(folder).text("/authority"),
  };
}

/** One pace for each account: students who share it share its limits. */
function pacesOf(limits: PaceLimits): (accountId: string) => Pace {
  const paces = new Map<string, Pace>();
  return (accountId) => {
    const pace = paces.get(accountId) ?? makePace(limits);
    paces.set(accountId, pace);
    return pace;
  };
}

/** Whether another student of the roster uses the same account and region, as far as the roster shows it. */
export function sharedAmong(students: readonly Student[]): (student: Student) => boolean {
  const counts = new Map<string, number>();
  for (const each of students) counts.set(placeOf(each), (counts.get(placeOf(each)) ?? 0) + 1);
  return (student) => (counts.get(placeOf(student)) ?? 0) > 1;
}

function placeOf({ account, credentials, region = "" }: Student): string {
  return `${region} ${account ?? sourceOf(credentials)}`;
}

/** The account in a role's ARN, or the source of the credentials, each of which is one account. */
function sourceOf(credentials: Student["credentials"]): string {
  switch (credentials?.kind) {
    case undefined:
      return "own";
    case "role":
      return credentials.roleArn.split(":")[4] ?? "";
    case "profile":
      return `profile ${credentials.profile}`;
    case "environmentFile":
      return `file ${credentials.path}`;
  }
}
