import { expect } from "chai";

import { getParameter } from "../../../../localAws/providers/aws/ssm/getParameter";
import { parameter } from "../../../../localAws/providers/aws/ssm/parameter";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, problemsOf, refresh } from "./life";

describe("Parameter Store on the emulator", () => {
  const account = emulatedAccount();

  it("manage a parameter", async () => {
    const { aws } = account;
    const inputs = { name: "/site/image", type: "String", value: "ami-1", tags: { Name: "image" } };
    const made = await make(aws, parameter, inputs);
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...inputs,
      description: "the golden image",
      tags: { Team: "web" },
      value: "ami-2",
    });
    await expectInStep(aws, changed);
    expect(changed.state["version"]).to.equal(2);

    await (await aws.ssm()).putParameter({ Name: "/site/image", Value: "ami-3", Overwrite: true });
    expect(await driftOf(aws, changed)).to.include("value");
    await end(aws, changed);
  });

  it("manage a SecureString, and overwrite an existing parameter only on request", async () => {
    const { aws } = account;
    const inputs = { name: "/site/key", type: "SecureString", value: "first" };
    const made = await make(aws, parameter, inputs);
    await expectInStep(aws, made);
    expect(await rejectionOf(make(aws, parameter, inputs))).to.contain("already exists");
    const taken = await make(aws, parameter, {
      ...inputs,
      overwrite: true,
      tags: { Name: "key" },
      value: "second",
    });
    await expectInStep(aws, taken);
    expect((await refresh(aws, made))?.state["value"]).to.equal("second");
    await end(aws, taken);
  });

  it("read a parameter by its name, and report a missing one", async () => {
    const { aws } = account;
    await make(aws, parameter, { name: "/open", type: "String", insecureValue: "shown" });
    const found = await getParameter.invoke(aws, { name: "/open" });
    expect(found["value"]).to.equal("shown");
    expect(await rejectionOf(getParameter.invoke(aws, { name: "/none" }))).to.contain("/none");
  });

  it("refuse everything that Parameter Store refuses, all at once", () => {
    const problems = [
      ...problemsOf(parameter, { type: "Text", value: "x" }),
      ...problemsOf(parameter, { type: "String" }),
      ...problemsOf(parameter, { type: "SecureString", insecureValue: "x" }),
    ];
    expect(problems.map(({ property }) => property)).to.deep.equal(["type", "value", "insecureValue"]);
  });
});
