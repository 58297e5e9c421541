import type { Finding, StackFinding } from "../../support/finding";
import { unzippedSize } from "../../support/packages/size";
import { referencesOf } from "../../support/references";
import { on, resourceAndStackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, type StackResource, type StackResourceOf } from "../../support/stack";

const bytesPerMiB = 1_048_576;

/** The rule measures the package: no property of a function states its size. */
export const lambdaPackage = resourceAndStackRule(
  {
    name: "lambda-package",
    displayName: "Lambda package within the limit",
    description: "A function's unzipped package is within Lambda's limit, together with its layers.",
    why: "Lambda refuses a package over 250 MB unzipped; AWS does not raise this limit. The rule also refuses a package in S3 or at a URL, which it cannot measure. It measures a relative path where it can find it.",
    severity: "medium",
    topics: ["works-at-all"],
    fix: "Bundle only the modules that the function uses (esbuild with minify), or use a container image.",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {
      maximumUnzippedMiB: wholeNumber({
        default: 250,
        minimum: 1,
        maximum: 250,
        description: "The largest unzipped package, in MiB",
      }),
    },
  },
  [
    on("aws:lambda/function:Function", async function* ({ code, packageType, s3Bucket }, values) {
      if (packageType !== "Image") yield* judgePackage(code, s3Bucket, values);
    }),
    on("aws:lambda/layerVersion:LayerVersion", async function* ({ code, s3Bucket }, values) {
      yield* judgePackage(code, s3Bucket, values);
    }),
  ],
  async function* (stack, values) {
    const unknown: Error[] = [];
    for (const lambda of allOf(stack, "aws:lambda/function:Function")) {
      const layers = referencesOf(stack, lambda, "layers", "aws:lambda/layerVersion:LayerVersion", {
        key: "arn",
      });
      if (layers.unknown !== undefined) unknown.push(layers.unknown);
      yield* judgeTogether(lambda, layers.certain, values);
    }
    if (unknown[0] !== undefined) throw unknown[0];
  },
);

/** A function and the layers of its stack. What is too large alone is a violation already. */
async function* judgeTogether(
  lambda: StackResourceOf<"aws:lambda/function:Function">,
  layers: readonly StackResourceOf<"aws:lambda/layerVersion:LayerVersion">[],
  { maximumUnzippedMiB }: { readonly maximumUnzippedMiB: number },
): AsyncIterable<StackFinding> {
  if (layers.length === 0 || lambda.props.packageType === "Image") return;
  const limit = maximumUnzippedMiB * bytesPerMiB;
  const sizes = await Promise.all([lambda, ...layers].map(knownBytes));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes <= limit || sizes.some((size) => size > limit)) return;
  yield {
    resource: lambda,
    at: "layers",
    value: `${inMiB(bytes)} unzipped with the function's package`,
    allowed: `at most ${String(maximumUnzippedMiB)} MiB unzipped together`,
    fix: "Move what the function does not use out of its layers, or use a container image.",
  };
}

/** 0 for a package that cannot be measured. */
async function knownBytes({ props }: StackResource): Promise<number> {
  const code: unknown = Reflect.get(props, "code");
  const size = code === undefined ? undefined : await unzippedSize(code);
  return size !== undefined && "bytes" in size ? size.bytes : 0;
}

function inMiB(bytes: number): string {
  return `${(bytes / bytesPerMiB).toFixed(1)} MiB`;
}

async function* judgePackage(
  code: unknown,
  s3Bucket: string | undefined,
  { maximumUnzippedMiB }: { readonly maximumUnzippedMiB: number },
): AsyncIterable<Finding> {
  const size = code === undefined ? { because: `in S3 (${s3Bucket ?? "?"})` } : await unzippedSize(code);
  if (size === undefined) return;
  if ("because" in size) {
    yield {
      at: "code",
      value: size.because,
      allowed: "a package that the rule can measure",
      fix: "Create the archive from strings, files or folders.",
    };
  } else if (size.bytes > maximumUnzippedMiB * bytesPerMiB) {
    yield {
      at: "code",
      value: `${inMiB(size.bytes)} unzipped`,
      allowed: `at most ${String(maximumUnzippedMiB)} MiB unzipped`,
    };
  }
}
