import { unzippedSize } from "../../support/packageSize";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

const bytesPerMiB = 1_048_576;

/** The rule measures the package: no property of a function states its size. */
export const lambdaPackage = resourceRule(
  {
    name: "lambda-package",
    displayName: "Lambda package within the limit",
    description: "A function's unzipped package is within Lambda's limit.",
    why: "Lambda refuses a package over 250 MB unzipped; AWS does not raise this limit. The rule also refuses a package that it cannot measure. Layers count towards the limit, but the rule cannot see them.",
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
      if (packageType === "Image") return;
      const size = code === undefined ? { because: `in S3 (${s3Bucket ?? "?"})` } : await unzippedSize(code);
      if ("because" in size) {
        yield {
          at: "code",
          value: size.because,
          allowed: "a package that the rule can measure",
          fix: "Create the archive from strings, or from files and folders with absolute paths (path.resolve).",
        };
        return;
      }
      const { maximumUnzippedMiB } = values;
      if (size.bytes > maximumUnzippedMiB * bytesPerMiB) {
        yield {
          at: "code",
          value: `${(size.bytes / bytesPerMiB).toFixed(1)} MiB unzipped`,
          allowed: `at most ${String(maximumUnzippedMiB)} MiB unzipped`,
        };
      }
    }),
  ],
);
