import { expect } from "chai";

import { trackRun, type RunListener } from "../../engine/run";

const urn = (type: string, name: string) => `urn:pulumi:local::wordpress::${type}::${name}`;
const vpc = urn("wordpress:network:Network$awsx:ec2:Vpc", "wordpress");
const subnet = urn(
  "wordpress:network:Network$awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet",
  "public-1",
);
const group = urn("wordpress:fleet:WordPressFleet$aws:autoscaling/group:Group", "wordpress-fleet");

const typeOf = (id: string) => id.split("::")[2]?.split("$").at(-1) ?? "";
const begun = (op: string, id: string) => ({
  resourcePreEvent: { metadata: { op, urn: id, type: typeOf(id) } },
});
const done = (op: string, id: string, more: object = {}) => ({
  resOutputsEvent: { metadata: { op, urn: id, type: typeOf(id), ...more } },
});

/** A listener that writes down what it hears. */
function scribe() {
  const heard: string[] = [];
  const listener: RunListener = {
    changed: ({ change, name }, { done: count, total }) => heard.push(`${change} ${name} ${count}/${total}`),
    failed: (resource) => heard.push(`failed ${resource}`),
    moved: () => undefined,
    violated: ({ policy }) => heard.push(`violated ${policy}`),
    diagnosed: ({ severity, resource, message }) => heard.push(`${severity} ${resource ?? "-"} ${message}`),
  };
  return { heard, listener };
}

function follow(events: readonly object[], expected?: number) {
  const { heard, listener } = scribe();
  const tracker = trackRun(listener, expected);
  for (const event of events) tracker.onEvent(event);
  return { heard, result: tracker.result() };
}

describe("following a run of the engine", () => {
  it("tells each change with how far the run is", () => {
    const { heard, listener } = scribe();
    const tracker = trackRun(listener);
    tracker.onRegistration();
    tracker.onRegistration();
    tracker.onEvent(begun("create", vpc));
    tracker.onEvent(begun("create", subnet));
    tracker.onEvent(done("create", subnet));
    tracker.onEvent(done("create", vpc));
    // Two from the program, and the subnet that the remote component registered.
    expect(heard).to.deep.equal(["created public-1 1/3", "created wordpress 2/3"]);
  });

  it("takes a change of Pulumi's protection alone for a change, or an up would leave the state as it is", () => {
    const unchanged = { old: { protect: true }, new: { protect: true } };
    const lifted = { old: { protect: true }, new: { inputs: {} } };
    const { result } = follow([done("same", subnet, unchanged), done("same", group, lifted)]);
    expect(result.changes).to.deep.equal([
      {
        change: "updated",
        type: "aws:autoscaling/group:Group",
        name: "wordpress-fleet",
        properties: ["protect"],
        differences: [{ property: "protect", old: true, new: false }],
      },
    ]);
  });

  it("counts a component once, though its outputs are told twice", () => {
    const { heard, result } = follow([begun("create", vpc), done("create", vpc), done("create", vpc)]);
    expect(heard).to.have.length(1);
    expect(result.resources).to.equal(1);
  });

  it("tells an unchanged resource apart, and counts it among those that are there", () => {
    const { result } = follow([done("same", vpc), done("update", group, { diffs: ["maxSize"] })]);
    expect(result).to.include({ resources: 2 });
    expect(result.changes).to.deep.equal([
      {
        change: "updated",
        type: "aws:autoscaling/group:Group",
        name: "wordpress-fleet",
        properties: ["maxSize"],
        differences: [],
      },
    ]);
  });

  it("tells a replacement once: not its parts", () => {
    const { heard, result } = follow([
      done("create-replacement", group, { detailedDiff: { vpcZoneIdentifiers: {} } }),
      done("replace", group),
      done("delete-replaced", group),
    ]);
    expect(heard).to.deep.equal(["replaced wordpress-fleet 1/1"]);
    expect(result).to.include({ resources: 1 });
    expect(result.changes[0]?.properties).to.deep.equal(["vpcZoneIdentifiers"]);
  });

  it("counts down from what was there before", () => {
    const { heard, result } = follow([begun("delete", group), done("delete", group)], 78);
    expect(heard).to.deep.equal(["deleted wordpress-fleet 1/78"]);
    expect(result.resources).to.equal(0);
  });

  it("leaves the stack itself and its providers out", () => {
    const { heard, result } = follow([
      done("create", urn("pulumi:pulumi:Stack", "wordpress-local")),
      done("create", urn("pulumi:providers:aws", "default_7_48_0")),
    ]);
    expect(heard).to.deep.equal([]);
    expect(result.resources).to.equal(0);
  });

  it("counts a rule that found nothing anywhere as passed, one that found something as violated", () => {
    const judged = (passed: readonly string[], failed: readonly string[] = []) => ({
      policyAnalyzeSummaryEvent: { policyPackName: "policies", passed, failed },
    });
    const { result } = follow([
      judged(["imds", "tags"]),
      judged(["imds"], ["tags"]),
      { policyAnalyzeStackSummaryEvent: { policyPackName: "policies", passed: ["zones"] } },
      { policyAnalyzeSummaryEvent: { policyPackName: "policies" } },
    ]);
    expect(result).to.include({ policiesPassed: 2, policiesViolated: 1 });
  });

  it("tells a violation with its resource and text", () => {
    const { heard, result } = follow([
      {
        policyEvent: {
          resourceUrn: group,
          message: "<{%fg 1%}>Two zones at least.<{%reset%}>\n",
          policyName: "guardrails/two-zones",
          policyPackName: "policies",
          enforcementLevel: "mandatory",
        },
      },
    ]);
    expect(heard).to.deep.equal(["violated guardrails/two-zones"]);
    expect(result.violations).to.deep.equal([
      {
        policy: "guardrails/two-zones",
        mandatory: true,
        resource: "aws:autoscaling/group:Group wordpress-fleet",
        message: "Two zones at least.",
      },
    ]);
  });

  it("does not take a rule that could not judge yet for passed, nor for violated", () => {
    const { heard, result } = follow([
      { policyAnalyzeSummaryEvent: { policyPackName: "policies", passed: ["guardrails/iam"] } },
      {
        policyEvent: {
          message:
            "can't run policy 'guardrails/iam' from policy pack 'policies@v1' during preview: string value at .policy can't be known",
          policyName: "guardrails/iam",
          policyPackName: "policies",
          enforcementLevel: "warning",
        },
      },
    ]);
    expect(heard).to.deep.equal([]);
    expect(result).to.include({ policiesPassed: 0, policiesViolated: 0 });
    expect(result.policiesWaiting).to.deep.equal(["guardrails/iam"]);
  });

  it("keeps the program's outputs, secrets hidden", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47", ciphertext: "[secret]" };
    const { result } = follow([
      done("create", urn("pulumi:pulumi:Stack", "wordpress-local"), {
        new: { outputs: { url: "http://x", password: secret } },
      }),
    ]);
    expect(result.outputs).to.deep.equal({ url: "http://x", password: "[secret]" });
  });

  it("tells one cause once, without its stack and without the way it came", () => {
    const cause = "invocation of aws:ec2/getAmi:getAmi returned an error: no image is like that";
    const diagnosed = (message: string, severity = "error", more: object = {}) => ({
      diagnosticEvent: { message, severity, ...more },
    });
    const { heard, result } = follow([
      diagnosed(`Unhandled exception: Error: error serializing property "a": ${cause}\n    at b (c.ts:1:1)`),
      diagnosed(`error serializing property "d": error serializing property "a": ${cause}`),
      diagnosed("Registering resource", "debug"),
      diagnosed("passing by", "info", { ephemeral: true }),
      diagnosed("careful", "warning", { urn: group }),
    ]);
    expect(heard).to.deep.equal([
      `error - ${cause}`,
      "warning aws:autoscaling/group:Group wordpress-fleet careful",
    ]);
    expect(result.errors).to.have.length(1);
  });

  it("tells what failed", () => {
    const { heard } = follow([
      begun("create", group),
      { resOpFailedEvent: { metadata: { op: "create", urn: group, type: "aws:autoscaling/group:Group" } } },
    ]);
    expect(heard).to.deep.equal(["failed aws:autoscaling/group:Group wordpress-fleet"]);
  });
});
