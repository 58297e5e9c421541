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
const started = (op: string, id: string) => ({
  resourcePreEvent: { metadata: { op, urn: id, type: typeOf(id) } },
});
const done = (op: string, id: string, more: object = {}) => ({
  resOutputsEvent: { metadata: { op, urn: id, type: typeOf(id), ...more } },
});

/** A listener that records its calls. */
function recorder() {
  const calls: string[] = [];
  const listener: RunListener = {
    changed: ({ change, name }, { done: count, total }) => calls.push(`${change} ${name} ${count}/${total}`),
    failed: (resource) => calls.push(`failed ${resource}`),
    moved: () => undefined,
    violated: ({ policy }) => calls.push(`violated ${policy}`),
    diagnosed: ({ severity, resource, message }) => calls.push(`${severity} ${resource ?? "-"} ${message}`),
  };
  return { calls, listener };
}

function follow(events: readonly object[], expected?: number) {
  const { calls, listener } = recorder();
  const tracker = trackRun(listener, expected);
  for (const event of events) tracker.onEvent(event);
  return { calls, result: tracker.result() };
}

describe("following a run of the engine", () => {
  it("reports each change with the progress of the run", () => {
    const { calls, listener } = recorder();
    const tracker = trackRun(listener);
    tracker.onRegistration();
    tracker.onRegistration();
    tracker.onEvent(started("create", vpc));
    tracker.onEvent(started("create", subnet));
    tracker.onEvent(done("create", subnet));
    tracker.onEvent(done("create", vpc));
    // Two from the program, and the subnet that the remote component registered.
    expect(calls).to.deep.equal(["created public-1 1/3", "created wordpress 2/3"]);
  });

  it("counts a change of Pulumi's protection alone as a change, so that up writes it to the state", () => {
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

  it("counts a component once, although the engine reports its outputs twice", () => {
    const { calls, result } = follow([started("create", vpc), done("create", vpc), done("create", vpc)]);
    expect(calls).to.have.length(1);
    expect(result.resources).to.equal(1);
  });

  it("reports no change of an unchanged resource, and counts it", () => {
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

  it("reports a replacement once, and not its parts", () => {
    const { calls, result } = follow([
      done("create-replacement", group, { detailedDiff: { vpcZoneIdentifiers: {} } }),
      done("replace", group),
      done("delete-replaced", group),
    ]);
    expect(calls).to.deep.equal(["replaced wordpress-fleet 1/1"]);
    expect(result).to.include({ resources: 1 });
    expect(result.changes[0]?.properties).to.deep.equal(["vpcZoneIdentifiers"]);
  });

  it("counts down from the resources of the last run", () => {
    const { calls, result } = follow([started("delete", group), done("delete", group)], 78);
    expect(calls).to.deep.equal(["deleted wordpress-fleet 1/78"]);
    expect(result.resources).to.equal(0);
  });

  it("omits the stack itself and its providers", () => {
    const { calls, result } = follow([
      done("create", urn("pulumi:pulumi:Stack", "wordpress-local")),
      done("create", urn("pulumi:providers:aws", "default_7_48_0")),
    ]);
    expect(calls).to.deep.equal([]);
    expect(result.resources).to.equal(0);
  });

  it("counts a rule without a violation as passed, and one with a violation as violated", () => {
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

  it("reports a violation with its resource and text", () => {
    const { calls, result } = follow([
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
    expect(calls).to.deep.equal(["violated guardrails/two-zones"]);
    expect(result.violations).to.deep.equal([
      {
        policy: "guardrails/two-zones",
        mandatory: true,
        resource: "aws:autoscaling/group:Group wordpress-fleet",
        message: "Two zones at least.",
      },
    ]);
  });

  it("counts an excepted rule apart, and refuses nothing because of it", () => {
    const policyEvent = {
      resourceUrn: group,
      message:
        "<{%fg 3%}>An exception covers this violation.<{%reset%}>\ntwo-zones: excepted until 2027-01-31, because it is a test. Owner: web team.\nOne zone.\n",
      policyName: "guardrails/excepted",
      policyPackName: "policies",
      enforcementLevel: "advisory",
    };
    const { result } = follow([
      {
        policyAnalyzeSummaryEvent: {
          policyPackName: "policies",
          passed: ["guardrails/two-zones", "guardrails/tags", "production/excepted"],
          failed: ["guardrails/excepted"],
        },
      },
      { policyEvent },
      {
        policyEvent: {
          ...policyEvent,
          policyName: "guardrails/zones",
          message: "No zone.",
          enforcementLevel: "mandatory",
          exceptions: [{ id: "EXC-1", reason: "it is a test" }],
        },
      },
    ]);
    expect(result).to.include({ policiesPassed: 1, policiesViolated: 0, policiesExcepted: 2 });
    const resource = "aws:autoscaling/group:Group wordpress-fleet";
    expect(result.violations).to.deep.equal([
      {
        policy: "guardrails/two-zones",
        mandatory: false,
        resource,
        message: "One zone.",
        exception: "excepted until 2027-01-31, because it is a test (web team)",
      },
      {
        policy: "guardrails/zones",
        mandatory: false,
        resource,
        message: "No zone.",
        exception: "excepted, because it is a test (EXC-1)",
      },
    ]);
  });

  it("counts a rule that waits for a value neither as passed nor as violated", () => {
    const { calls, result } = follow([
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
    expect(calls).to.deep.equal([]);
    expect(result).to.include({ policiesPassed: 0, policiesViolated: 0 });
    expect(result.policiesWaiting).to.deep.equal(["guardrails/iam"]);
  });

  it("keeps the outputs of the program, with secrets hidden", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47", ciphertext: "[secret]" };
    const { result } = follow([
      done("create", urn("pulumi:pulumi:Stack", "wordpress-local"), {
        new: { outputs: { url: "http://x", password: secret } },
      }),
    ]);
    expect(result.outputs).to.deep.equal({ url: "http://x", password: "[secret]" });
  });

  it("reports one cause once, without its trace and its path in the SDK", () => {
    const cause = "invocation of aws:ec2/getAmi:getAmi returned an error: no image is like that";
    const diagnosed = (message: string, severity = "error", more: object = {}) => ({
      diagnosticEvent: { message, severity, ...more },
    });
    const { calls, result } = follow([
      diagnosed(`Unhandled exception: Error: error serializing property "a": ${cause}\n    at b (c.ts:1:1)`),
      diagnosed(`error serializing property "d": error serializing property "a": ${cause}`),
      diagnosed("Registering resource", "debug"),
      diagnosed("passing by", "info", { ephemeral: true }),
      diagnosed("careful", "warning", { urn: group }),
    ]);
    expect(calls).to.deep.equal([
      `error - ${cause}`,
      "warning aws:autoscaling/group:Group wordpress-fleet careful",
    ]);
    expect(result.errors).to.have.length(1);
  });

  it("reports what failed", () => {
    const { calls } = follow([
      started("create", group),
      { resOpFailedEvent: { metadata: { op: "create", urn: group, type: "aws:autoscaling/group:Group" } } },
    ]);
    expect(calls).to.deep.equal(["failed aws:autoscaling/group:Group wordpress-fleet"]);
  });
});
