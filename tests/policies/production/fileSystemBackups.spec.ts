import { fileSystemBackups } from "../../../policies/production/rules/fileSystemBackups";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, unknown } from "../support/fixture";
import { site } from "../support/site";

const uploads = among(fixture("aws:efs/fileSystem:FileSystem", "uploads", { encrypted: true }), {});
const policy = (status: string, of = uploads) =>
  among(
    fixture("aws:efs/backupPolicy:BackupPolicy", "uploads", {
      fileSystemId: unknown,
      backupPolicy: { status },
    }),
    { fileSystemId: [of] },
  );
const refused = { of: uploads, at: "its backup policy", allowed: '"ENABLED"' };

describe("file-system-backups", () => {
  itPassesStack(fileSystemBackups, "no file system", site);
  itPassesStack(fileSystemBackups, "automatic backups", [...site, uploads, policy("ENABLED")]);
  itRefusesStack(fileSystemBackups, "no backup policy", [...site, uploads], { ...refused, value: undefined });
  itRefusesStack(fileSystemBackups, "disabled backups", [...site, uploads, policy("DISABLED")], {
    ...refused,
    value: "DISABLED",
  });
  const other = among(fixture("aws:efs/fileSystem:FileSystem", "other", { encrypted: true }), {});
  itRefusesStack(
    fileSystemBackups,
    "the backups of another file system",
    [...site, uploads, other, policy("ENABLED", other)],
    { ...refused, value: undefined },
  );
  const third = among(fixture("aws:efs/fileSystem:FileSystem", "third", { encrypted: true }), {});
  const ofEither = (status: string, one: typeof uploads, another: typeof uploads) => ({
    ...among(policy(status), { fileSystemId: [one, another] }),
    ...{ name: "either", urn: "either" },
  });
  itAwaitsUpdate(
    fileSystemBackups,
    "backups of either",
    [uploads, other, ofEither("ENABLED", uploads, other)],
    "fileSystemId",
  );
  itRefusesStack(
    fileSystemBackups,
    "disabled backups of either",
    [uploads, other, policy("ENABLED", other), ofEither("DISABLED", uploads, other)],
    { ...refused, value: undefined },
  );
  itRefusesStack(
    fileSystemBackups,
    "a file system beside backups of one of two others",
    [
      ...[uploads, other, third, policy("ENABLED", other)],
      ...[ofEither("ENABLED", other, third), { ...policy("ENABLED", third), urn: "third's" }],
    ],
    { ...refused, value: undefined },
  );
});
