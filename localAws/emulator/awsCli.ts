import { writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import path from "node:path";

import { waitForLock } from "../../cli/lock";
import { digestOf, ensureEnvironment, exists, type EnvironmentOptions } from "./environment";
import { defaultFolder, sources } from "./layout";
import { installPackages } from "./packages";

/** Where the AWS CLI finds the account of a stack. */
export interface AwsCliTarget {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
}

/** A program with its first arguments. */
export interface AwsCli {
  readonly command: string;
  readonly words: readonly string[];
}

/**
 * The AWS CLI of the emulator's Python environment, with exactly the packages of `awsCli.txt`; installed the first time
 * (5 s, 150 MB). It needs no version 2, which is no Python package, and leaves a user's own CLI alone.
 *
 * @throws Failure as {@link ensureEnvironment} does
 */
export async function ensureAwsCli(options: EnvironmentOptions): Promise<AwsCli> {
  const { report, folder = defaultFolder, environment = process.env } = options;
  const python = await ensureEnvironment(options);
  const mark = path.join(path.resolve(python, "../.."), `aws-cli-${await digestOf(sources.awsCli)}`);
  if (!(await exists(mark))) {
    const lock = await waitForLock(`${mark}.lock`, "installs the AWS CLI", (holder) => {
      report(`Process ${holder.pid} ${holder.doing}; waiting for it`);
    });
    try {
      if (!(await exists(mark))) {
        await installPackages({
          python,
          requirements: sources.awsCli,
          title: "the AWS CLI",
          folder,
          report,
          environment,
        });
        // Last: without this file the next run installs again what may be incomplete.
        await writeFile(mark, "The AWS CLI is installed.\n");
      }
    } finally {
      await lock.release();
    }
  }
  // Isolated: no module of the working folder and no PYTHON… variable takes part.
  return {
    command: python,
    words: ["-I", "-X", `pycache_prefix=${path.join(folder, "pycache")}`, "-m", "awscli"],
  };
}

/** The user's environment without what leads the AWS CLI to another account, endpoint, profile or pager. */
export function awsCliEnvironment(
  environment: NodeJS.ProcessEnv,
  { endpoint, region, accountId }: AwsCliTarget,
): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !/^AWS_/i.test(name));
  const { NO_PROXY, no_proxy = NO_PROXY } = environment;
  const withoutProxy = [...(no_proxy ?? "").split(","), "127.0.0.1"].filter((host) => host !== "").join(",");
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accountId,
    AWS_SECRET_ACCESS_KEY: "emulator",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    PAGER: "cat",
    MANPAGER: "cat",
    NO_PROXY: withoutProxy,
    no_proxy: withoutProxy,
  };
}
