import { emulatorApi } from "../../../localAws/emulator";
import { openAccount, type StudentAccount, type Tag } from "../../../students/account/account";
import { emulatedInternet } from "../../../students/account/emulatedInternet";
import type { Internet } from "../../../students/account/internet";
import { emulatorLimits, makePace } from "../../../students/account/pace";
import type { EmulatorInSpec } from "../../support/emulator";
import { classTags } from "./consoleSite";

/** A Monday, so that the next run is known. */
const now = new Date("2026-11-30T12:00:00Z");

export interface OpenOptions {
  readonly owner?: Tag | undefined;
  readonly resolve?: Internet["resolve"] | undefined;
  readonly visit?: Internet["visit"] | undefined;
  readonly stop?: AbortSignal;
  readonly questionSeconds?: number;
  /** Another address of the emulator. */
  readonly endpoint?: string;
}

/** The account of the emulator as the grader opens it. */
export function openForTest(
  emulator: EmulatorInSpec,
  accountId: string,
  { owner, resolve, visit, endpoint = emulator.endpoint, ...more }: OpenOptions = {},
): Promise<StudentAccount> {
  const internet = emulatedInternet(emulatorApi(emulator.endpoint), () => undefined);
  return openAccount({
    client: { ...emulator.clientConfig(accountId), endpoint },
    assignment: {
      tags: classTags,
      schedule: { expression: "cron(0 9 ? * MON-FRI *)", timeZone: "Asia/Seoul" },
    },
    paceOf: () => makePace(emulatorLimits),
    ownerOf: () => owner,
    internet: {
      resolve: resolve ?? internet.resolve,
      visit: visit ?? internet.visit,
    },
    now,
    ...more,
  });
}
