import path from "node:path";

import { stackSettings } from "../../config";
import { settingsFile } from "../../engine/settingsFile";
import { accountIdOf } from "../../localAws/accounts";
import { settleInRegion } from "../../settingsInPlace";
import { readClassSettings } from "../settings/classSettings";
import { accountsOf, type AccountsOptions, type OpenedAccount } from "./open";

export interface OwnAccountOptions extends Pick<
  AccountsOptions,
  "repository" | "localFolder" | "local" | "now" | "stop"
> {
  /** The stack whose settings say what the course asks, and with `local` whose account it is. */
  readonly stack: string;
}

/**
 * Opens the user's own account, without a roster.
 * @throws Failure without such settings, or when the account cannot be asked; InvalidSettingsError
 */
export async function openOwnAccount(options: OwnAccountOptions): Promise<OpenedAccount> {
  const { repository, stack, local } = options;
  const { region, groups } = await readClassSettings(path.join(repository, settingsFile(stack)));
  const student = {
    id: stack,
    name: "",
    account: undefined,
    credentials: undefined,
    region,
    settings: {},
    line: 0,
  };
  const accounts = await accountsOf({
    ...options,
    students: [student],
    accountOf: () => (local ? accountIdOf(stack) : undefined),
  });
  const settings = settleInRegion(stackSettings.parse(groups), region);
  return accounts.open({ student, region, settings });
}
