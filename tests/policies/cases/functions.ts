import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { execFileSync } from "node:child_process";
import { mkdtempSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { bad, good, type PolicyCases } from "./case";
import { makeCallback } from "./parts";

const megabyte = 1_048_576;
const code = new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("x") });

/** A function with its log group. */
const makeFunction = (changed: Partial<aws.lambda.FunctionArgs>) => (n: string) => {
  const { name } = new aws.cloudwatch.LogGroup(n, { retentionInDays: 14 });
  return new aws.lambda.Function(n, {
    role: "arn:aws:iam::123456789012:role/r",
    runtime: "nodejs22.x",
    handler: "index.handler",
    code,
    loggingConfig: { logFormat: "JSON", logGroup: name },
    ...changed,
  });
};

/** A sparse file. */
function largeFile(megabytes: number): string {
  const file = path.join(temporaryFolder(), "large.bin");
  writeFileSync(file, "");
  truncateSync(file, megabytes * megabyte);
  return file;
}

function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), "package-"));
}

/** By size and format: to write one takes seconds. */
const archives = new Map<string, string>();

function archiveOf(megabytes: number, format: "zip" | "tar.gz"): string {
  const key = `${String(megabytes)} ${format}`;
  const known = archives.get(key);
  if (known !== undefined) return known;
  const file = largeFile(megabytes);
  const archive = path.join(temporaryFolder(), `package.${format}`);
  execFileSync("python3", ["-c", writers[format], archive, file]);
  archives.set(key, archive);
  return archive;
}

const writers = {
  zip: "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED, compresslevel=1); z.write(sys.argv[2], 'large.bin'); z.close()",
  "tar.gz":
    "import sys, tarfile; t = tarfile.open(sys.argv[1], 'w:gz', compresslevel=1); t.add(sys.argv[2], 'large.bin'); t.close()",
};

const tooLarge = (program: (n: string) => unknown) => bad("lambda-package", program);

/** Limits of functions, and their logs. */
export const functions: PolicyCases = {
  "fn-memory-3009": bad("lambda-memory", makeFunction({ memorySize: 3_009 })),
  "fn-timeout-901": bad("lambda-timeout", makeFunction({ timeout: 901 })),
  "fn-runtime-old": bad("lambda-runtime", makeFunction({ runtime: "nodejs18.x" })),
  "fn-zip": tooLarge((n) => makeFunction({ code: new pulumi.asset.FileArchive(archiveOf(280, "zip")) })(n)),
  "fn-tar-gz": tooLarge((n) =>
    makeFunction({ code: new pulumi.asset.FileArchive(archiveOf(280, "tar.gz")) })(n),
  ),
  "fn-symlinked-folder": tooLarge((n) => {
    const folder = temporaryFolder();
    symlinkSync(largeFile(280), path.join(folder, "large.bin"));
    makeFunction({ code: new pulumi.asset.FileArchive(folder) })(n);
  }),
  "fn-nested-archive": tooLarge((n) => {
    const inner = new pulumi.asset.FileArchive(archiveOf(260, "zip"));
    makeFunction({ code: new pulumi.asset.AssetArchive({ lib: inner }) })(n);
  }),
  "fn-layer-large": tooLarge(
    (n) =>
      new aws.lambda.LayerVersion(n, {
        layerName: "l",
        code: new pulumi.asset.FileArchive(archiveOf(280, "zip")),
      }),
  ),
  "fp-fn-relative": good(makeFunction({ code: new pulumi.asset.FileArchive("./lambda") })),
  "fp-fn-image": good(
    makeFunction({ code: undefined, runtime: undefined, packageType: "Image", imageUri: "i" }),
  ),
  "fp-fn-callback": good((n) => {
    const { name } = makeCallback(n);
    new aws.cloudwatch.LogGroup(n, { name: pulumi.interpolate`/aws/lambda/${name}`, retentionInDays: 14 });
  }),
  "fp-fn-loggroup-fixed-name": good((n) => {
    new aws.cloudwatch.LogGroup(n, { name: "/aws/lambda/orders", retentionInDays: 14 });
    makeFunction({ name: "orders", loggingConfig: { logFormat: "JSON" } })(`${n}fn`);
  }),
  "fp-fn-loggroup-fixed-group": good((n) => {
    new aws.cloudwatch.LogGroup(n, { name: "/orders", retentionInDays: 14 });
    makeFunction({ name: "orders", loggingConfig: { logFormat: "Text", logGroup: "/orders" } })(`${n}fn`);
  }),
  "fn-loggroup-other-name": bad("lambda-log-retention", (n) => {
    new aws.cloudwatch.LogGroup(n, { name: "/aws/lambda/other", retentionInDays: 14 });
    new aws.lambda.Function(n, { role: "r", runtime: "nodejs22.x", handler: "h", code, name: "orders" });
  }),
  "fn-loggroup-forever": bad("lambda-log-retention", (n) => new aws.cloudwatch.LogGroup(n, {})),
};
