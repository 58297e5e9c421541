import { expect } from "chai";

import { ConflictError, failureOf, IncompleteError, tryEach } from "../../lambda/failures";
import { ec2Error } from "./fakeEc2";

describe("a failure", () => {
  it("names the attempted action, EC2's code and its message", () => {
    expect(failureOf("end i-1", ec2Error("OperationNotPermitted"))).to.deep.equal({
      what: "end i-1",
      code: "OperationNotPermitted",
      message: "OperationNotPermitted happened",
    });
  });

  it("includes what to do where EC2's message does not", () => {
    const { message } = failureOf("start 1", ec2Error("IdempotentParameterMismatch"));
    expect(message).to.match(/^IdempotentParameterMismatch happened This launch was requested before/);
  });

  it("accepts any thrown value", () => {
    expect(failureOf("start 1", "no more")).to.deep.equal({
      what: "start 1",
      code: "Unknown",
      message: "no more",
    });
  });

  it("is one line of the error's message", () => {
    const failures = [failureOf("start 1", ec2Error("A")), failureOf("start 2", ec2Error("B"))];
    const error = new IncompleteError(failures);
    expect(error.message).to.equal("start 1: A: A happened\nstart 2: B: B happened");
    expect(error.name).to.equal("IncompleteError");
    expect(new ConflictError("before").name).to.equal("ConflictError");
  });
});

describe("tryEach", () => {
  it("continues after a failed item, and names it", async () => {
    const tried = await tryEach(
      [1, 2, 3],
      (item) => `number ${String(item)}`,
      (item) => (item === 2 ? Promise.reject(ec2Error("Odd")) : Promise.resolve(item * 10)),
    );
    expect(tried.done).to.deep.equal([10, 30]);
    expect(tried.failures).to.deep.equal([{ what: "number 2", code: "Odd", message: "Odd happened" }]);
  });
});
