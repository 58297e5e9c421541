import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { inspect } from "node:util";

import { InvalidScheduleError } from "../../../components/schedules/scheduleExpression";
import { ExpectedError } from "../../../components/settings/expectedError";
import { lookUp } from "../../../components/settings/lookUp";
import { InvalidSettingsError } from "../../../components/settings/problem";
import { rejectionOf } from "../../support/rejection";

const problem = { path: "fleet.capacity.max", value: 0, allowed: "1 or more" };

describe("an error that the user can fix", () => {
  const errors = {
    ExpectedError: new ExpectedError("The image does not exist.", { cause: new Error("hidden") }),
    InvalidSettingsError: new InvalidSettingsError("Pulumi.dev.yaml", [problem]),
    InvalidScheduleError: new InvalidScheduleError("cron(9)", [problem]),
  };

  for (const [name, error] of Object.entries(errors)) {
    it(`is printed by Pulumi without a stack trace: ${name}`, () => {
      expect(pulumi.RunError.isInstance(error)).to.equal(true);
    });

    it(`prints only its message: ${name}`, () => {
      expect(error.stack).to.equal(error.message);
      expect(inspect(error, { colors: true })).to.equal(error.message);
    });
  }

  it("keeps its message when Pulumi adds a property's name", () => {
    const error = new ExpectedError("The image does not exist.");
    error.message = `error serializing property "imageId": ${error.message}`;
    expect(error.message).to.equal("The image does not exist.");
  });
});

describe("a lookup", () => {
  it("returns the provider's answer", async () => {
    expect(await lookUp("An image is needed.", Promise.resolve(3))).to.equal(3);
  });

  it("fails with the need and the provider's reason", async () => {
    const answer = Promise.reject(new Error("no image is like that"));
    const failed = lookUp("An image is needed.", answer);
    expect(await rejectionOf(failed)).to.equal("An image is needed.\n  no image is like that");
    expect(await failed.catch((error: unknown) => error)).to.be.instanceOf(ExpectedError);
  });

  it("keeps the failure of another lookup", async () => {
    const first = new ExpectedError("A region is needed.");
    expect(await lookUp("An image is needed.", Promise.reject(first)).catch((e: unknown) => e)).to.equal(
      first,
    );
  });
});
