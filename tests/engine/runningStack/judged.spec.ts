import { expect } from "chai";

import type { Deployment } from "../../../engine/runningStack/deployment";
import { judgedState } from "../../../engine/runningStack/judged";

const mark = "4dabf18193072939515e22adb298388d";
const secret = { [mark]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
const file = (path: string) => ({ [mark]: "c44067f5952c0a294b673a41bacd8c17", path, hash: "same" });
const text = { [mark]: "c44067f5952c0a294b673a41bacd8c17", text: "code", hash: "any" };
const archive = (assets: object) => ({ [mark]: "0def7320c3a5731c473e5ecbe6d01bc7", assets, hash: "any" });
const zip = { [mark]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "/here.zip", hash: "same" };
/** The engine's placeholder, `UnknownStringValue` in its source. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const urn = "urn:pulumi:prod::wordpress::aws:lambda/function:Function::launcher";
const other = "urn:pulumi:prod::wordpress::aws:sqs/queue:Queue::failures";
const stateOf = (inputs: Record<string, unknown>, outputs: Record<string, unknown> = {}): Deployment => ({
  version: 3,
  deployment: {
    manifest: { version: "v3" },
    pending_operations: [{ type: "creating" }],
    resources: [
      { urn, type: "aws:lambda/function:Function", protect: true, inputs, outputs },
      { urn: other, type: "aws:sqs/queue:Queue" },
    ],
  },
});
const judged = (state: Deployment, drift: Parameters<typeof judgedState>[1] = []) =>
  judgedState(state, drift, ({ path, hash }) => path === "/here" && hash === "same");
const inputsIn = (state: Deployment) => state.deployment.resources?.[0]?.inputs;

describe("the state that rules judge", () => {
  it("has every secret as an unknown value, at any depth, in inputs and outputs", () => {
    const properties = { plain: 1, secret, list: [secret, "x"], nested: { secret, masked: "[secret]" } };
    const expected = {
      plain: 1,
      secret: unknown,
      list: [unknown, "x"],
      nested: { secret: unknown, masked: unknown },
    };
    const [resource] = judged(stateOf(properties, properties)).deployment.resources ?? [];
    expect(resource).to.deep.equal({
      urn,
      type: "aws:lambda/function:Function",
      protect: true,
      inputs: expected,
      outputs: expected,
    });
  });

  it("has code that is here as it was deployed, and no other", () => {
    const code = archive({ "index.js": file("/here"), "note.txt": text });
    expect(inputsIn(judged(stateOf({ code })))).to.deep.equal({ code });
    for (const other of [
      archive({ a: file("/elsewhere"), b: text }),
      zip,
      file("/elsewhere"),
      archive({ zip }),
    ]) {
      expect(inputsIn(judged(stateOf({ code: other })))).to.deep.equal({ code: unknown });
    }
  });

  it("has the account's values where the account differs", () => {
    const properties = [
      { property: "memorySize", value: 512 },
      { property: "layers", value: ["arn"] },
      { property: "timeout", value: undefined },
    ];
    const state = judged(
      stateOf({ memorySize: 128, timeout: 3, runtime: "x" }, { memorySize: 128, arn: "a" }),
      [{ urn, gone: false, properties }],
    );
    const [resource] = state.deployment.resources ?? [];
    expect(resource?.inputs).to.deep.equal({ memorySize: 512, layers: ["arn"], runtime: "x" });
    expect(resource?.outputs).to.deep.equal({ memorySize: 512, layers: ["arn"], arn: "a" });
  });

  it("does not have what the account no longer has, and no interrupted operation", () => {
    const { deployment } = judged(stateOf({}), [{ urn: other, gone: true, properties: [] }]);
    expect(deployment.resources?.map((resource) => resource.urn)).to.deep.equal([urn]);
    expect(deployment).to.deep.include({ manifest: { version: "v3" }, pending_operations: [] });
  });
});
