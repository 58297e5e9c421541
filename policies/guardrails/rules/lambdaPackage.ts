import { unzippedSize } from "../../support/packageSize";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

const bytesPerMiB = 1_048_576;

/** The size is measured here: nothing that a program declares tells how large its package is. */
export const lambdaPackage = resourceRule(
  {
    name: "lambda-package",
    displayName: "Lambda package within the limit",
    description: "A function's package, measured unzipped, is no larger than Lambda takes.",
    why: "Lambda refuses a package over 250 MB unzipped, and no account can have the limit raised. A package that cannot be measured is refused too, for it would be a silent pass. Layers count towards the limit but cannot be seen from here.",
    severity: "medium",
    fix: "Bundle only what the function uses (esbuild with minify), or ship it as a container image.",
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
          allowed: "a package that can be measured",
          fix: "Give it as an archive of strings, or of files and folders by their absolute paths (path.resolve).",
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
