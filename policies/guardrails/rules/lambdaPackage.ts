import type { Finding } from "../../support/finding";
import { unzippedSize } from "../../support/packages/size";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

const bytesPerMiB = 1_048_576;

/** The rule measures the package: no property of a function states its size. */
export const lambdaPackage = resourceRule(
  {
    name: "lambda-package",
    displayName: "Lambda package within the limit",
    description: "A function's unzipped package is within Lambda's limit.",
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
);

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
      value: `${(size.bytes / bytesPerMiB).toFixed(1)} MiB unzipped`,
      allowed: `at most ${String(maximumUnzippedMiB)} MiB unzipped`,
    };
  }
}
