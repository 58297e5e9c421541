import { labServerCount } from "../../../policies/learner-lab/rules/labServerCount";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, unknown } from "../support/fixture";
import { group, launcher, replacing, site } from "../support/site";

const refused = { of: undefined, at: "the largest number of instances", allowed: "at most 9" };
const server = among(fixture("aws:ec2/instance:Instance", "server"), {});
const image = among(fixture("golden-image:index:GoldenImage", "image"), {});
const action = among(
  fixture("aws:autoscaling/schedule:Schedule", "sale", { maxSize: 6, autoscalingGroupName: unknown }),
  { autoscalingGroupName: [group] },
);
const launching = (variables: Readonly<Record<string, string>>) =>
  replacing({ ...launcher, props: { environment: { variables } } });

describe("lab-server-count", () => {
  // The site's group of four and launcher of three add up to seven.
  itPassesStack(labServerCount, "seven instances", site);
  itPassesStack(labServerCount, "nine instances", [...site, server, { ...server, urn: "second" }]);
  itRefusesStack(
    labServerCount,
    "single instances over the limit",
    [...site, server, { ...server, urn: "second" }, { ...server, urn: "third" }],
    { ...refused, value: "10 (groups 4, others 3, builders 0, launched 3)" },
  );
  itPassesStack(labServerCount, "nine instances with an image's builder", [...site, server, image]);
  itRefusesStack(
    labServerCount,
    "an image builder over the limit",
    [...site, server, { ...server, urn: "second" }, image],
    { ...refused, value: "10 (groups 4, others 2, builders 1, launched 3)" },
  );
  itRefusesStack(
    labServerCount,
    "a group over the limit",
    replacing({ ...group, props: { ...group.props, maxSize: 7 } }),
    { ...refused, value: "10 (groups 7, others 0, builders 0, launched 3)" },
  );
  const size = among(fixture("golden-image:index:GroupSize", "fleet", { maxSize: 7, groupName: unknown }), {
    groupName: [group],
  });
  itRefusesStack(
    labServerCount,
    "a GroupSize over the limit",
    [...replacing({ ...group, opts: { ignoreChanges: ["maxSize"] } }), size],
    { ...refused, value: "10 (groups 7, others 0, builders 0, launched 3)" },
  );
  itRefusesStack(labServerCount, "a scheduled size over the limit", [...site, action, server], {
    ...refused,
    value: "10 (groups 6, others 1, builders 0, launched 3)",
  });
  itRefusesStack(
    labServerCount,
    "a launcher over the limit",
    launching({ SERVER_COUNT: "1", MAX_RUNNING_SERVERS: "6" }),
    {
      ...refused,
      value: "10 (groups 4, others 0, builders 0, launched 6)",
    },
  );
  itRefusesStack(
    labServerCount,
    "a launcher whose count is no number",
    launching({ SERVER_COUNT: "1", MAX_RUNNING_SERVERS: "many" }),
    {
      ...refused,
      value: "NaN (groups 4, others 0, builders 0, launched NaN)",
    },
  );
  itPassesStack(labServerCount, "a function that launches nothing", launching({}));
  itPassesStack(
    labServerCount,
    "another program's function with a variable of the same name",
    launching({ SERVER_COUNT: "many" }),
  );
  itRefusesStack(
    labServerCount,
    "more than the configuration allows",
    site,
    { ...refused, value: "7 (groups 4, others 0, builders 0, launched 3)", allowed: "at most 6" },
    { maximumServers: 6 },
  );
});
