import { noPublicResourcePolicies } from "../../../policies/guardrails/rules/noPublicResourcePolicies";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture } from "../support/fixture";

const permission = (props: object) => anyFixture("aws:lambda/permission:Permission", "caller", props);
const layer = (props: object) =>
  anyFixture("aws:lambda/layerVersionPermission:LayerVersionPermission", "reader", props);
const allowed =
  "named principals, or a condition that limits the callers to an account, an organization or a source";

describe("no-public-resource-policies, for permissions that are resources of their own", () => {
  itPasses(
    noPublicResourcePolicies,
    "named callers, and everyone with a limit",
    permission({ principal: "events.amazonaws.com" }),
    permission({ principal: "123456789012" }),
    permission({ principal: "*", principalOrgId: "o-1" }),
    permission({ principal: "s3.amazonaws.com", sourceAccount: "123456789012" }),
    permission({ principal: "*", sourceArn: "arn:aws:sns:us-east-1:123456789012:t" }),
    permission({}),
    layer({ principal: "*", organizationId: "o-1" }),
  );
  for (const principal of ["*", "s3.amazonaws.com"]) {
    itRefuses(noPublicResourcePolicies, `${principal} without a limit`, permission({ principal }), {
      at: "principal",
      value: principal,
      allowed,
    });
  }
  itRefuses(noPublicResourcePolicies, "a layer for everyone", layer({ principal: "*", sourceArn: "a" }), {
    at: "principal",
    value: "*",
    allowed,
  });
});
