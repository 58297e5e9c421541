import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { bad, good, type PolicyCases } from "./case";

const megabyte = 1_048_576;
const folders: string[] = [];
process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A sparse file: large to measure, small to store. */
function fileOf(megabytes: number): pulumi.asset.Archive {
  const folder = mkdtempSync(path.join(tmpdir(), "layers-"));
  folders.push(folder);
  const file = path.join(folder, "large.bin");
  writeFileSync(file, "");
  truncateSync(file, megabytes * megabyte);
  return new pulumi.asset.AssetArchive({ "large.bin": new pulumi.asset.FileAsset(file) });
}

const layerOf = (n: string, megabytes: number) =>
  new aws.lambda.LayerVersion(n, { layerName: n, code: fileOf(megabytes) });

function makeFunction(n: string, megabytes: number, layers: readonly pulumi.Input<string>[]) {
  const { name } = new aws.cloudwatch.LogGroup(n, { retentionInDays: 14 });
  new aws.lambda.Function(n, {
    ...{ role: "arn:aws:iam::123456789012:role/r", runtime: "nodejs22.x", handler: "index.handler" },
    code: fileOf(megabytes),
    layers: [...layers],
    loggingConfig: { logFormat: "JSON", logGroup: name },
  });
}

/** Lambda's limit is about a function with its layers. */
export const layers: PolicyCases = {
  "fn-layer-and-code": bad("lambda-package", (n) => {
    makeFunction(n, 140, [layerOf(`${n}-layer`, 120).arn]);
  }),
  "fn-two-layers": bad("lambda-package", (n) => {
    makeFunction(n, 20, [layerOf(`${n}-one`, 120).arn, layerOf(`${n}-two`, 120).arn]);
  }),
  "fp-fn-layers-of-two-functions": good((n) => {
    makeFunction(`${n}-a`, 100, [layerOf(`${n}-one`, 140).arn]);
    makeFunction(`${n}-b`, 100, [layerOf(`${n}-two`, 140).arn]);
  }),
  "fp-fn-foreign-layer": good((n) => {
    makeFunction(n, 200, ["arn:aws:lambda:us-east-1:123456789012:layer:other:3"]);
    layerOf(`${n}-unused`, 200);
  }),
};
