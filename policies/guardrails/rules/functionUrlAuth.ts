import { on, resourceRule } from "../../support/rule";

export const functionUrlAuth = resourceRule(
  {
    name: "function-url-auth",
    displayName: "Function URLs with authentication",
    description: "The URL of a Lambda function requires AWS_IAM authentication.",
    why: "A function URL without authentication runs the function for every caller on the internet: they use its permissions, and the account pays for it.",
    severity: "high",
    topics: ["public-access"],
    fix: 'Set authorizationType to "AWS_IAM".',
    url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    counterparts: { fsbp: [], checkov: ["CKV_AWS_258"], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:lambda/functionUrl:FunctionUrl", function* ({ authorizationType }) {
      if (authorizationType !== "AWS_IAM") {
        yield { at: "authorizationType", value: authorizationType, allowed: "AWS_IAM" };
      }
    }),
    on("aws:lambda/permission:Permission", function* ({ functionUrlAuthType }) {
      if (functionUrlAuthType === "NONE") {
        yield { at: "functionUrlAuthType", value: functionUrlAuthType, allowed: "AWS_IAM" };
      }
    }),
  ],
);
