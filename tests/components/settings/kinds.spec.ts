import { expect } from "chai";
import type { z } from "zod";

import { arn, flag, oneOf, tags, timeZone, wholeNumber } from "../../../components/settings/kinds";

const takes = (kind: z.ZodType, value: unknown) => kind.safeParse(value).success;
const saysOf = (kind: z.ZodType, value: unknown) =>
  kind.safeParse(value).error?.issues.map(({ message }) => message);

describe("the kinds of setting", () => {
  it("hold a whole number within its bounds, and name unit and bounds whatever is wrong", () => {
    const kind = wholeNumber({ min: 1, max: 9, unit: "servers" });
    for (const value of [1, 9]) expect(takes(kind, value)).to.equal(true);
    for (const value of [0, 10, 1.5, "3", null, NaN]) {
      expect(saysOf(kind, value)).to.deep.equal(["a whole number of servers from 1 to 9"]);
    }
  });

  it("hold one of a few words, and list them", () => {
    expect(takes(oneOf(["one", "other"]), "other")).to.equal(true);
    expect(saysOf(oneOf(["one", "other"]), "third")).to.deep.equal(["one of one, other"]);
  });

  it("hold true or false, not words for them", () => {
    expect(takes(flag(), false)).to.equal(true);
    expect(saysOf(flag(), "true")).to.deep.equal(["true or false"]);
  });

  it("hold an ARN of the service, in any partition", () => {
    const role = arn("iam", "arn:aws:iam::123456789012:role/LabRole");
    expect(takes(role, "arn:aws:iam::123456789012:role/LabRole")).to.equal(true);
    expect(takes(role, "arn:aws-cn:iam::123456789012:role/x")).to.equal(true);
    expect(takes(role, "arn:aws:s3::123456789012:role/x")).to.equal(false);
    expect(takes(role, "LabRole")).to.equal(false);
  });

  it("hold a time zone by a name that AWS takes, not an offset", () => {
    for (const zone of ["UTC", "Asia/Seoul", "Europe/Berlin"]) expect(takes(timeZone(), zone)).to.equal(true);
    for (const zone of ["Seoul", "+09:00", "", 9]) expect(takes(timeZone(), zone)).to.equal(false);
  });

  it("hold tags within AWS's limits, and leave aws: to AWS", () => {
    for (const fine of [{}, { Owner: "김철수 me@example.com" }, { Empty: "" }]) {
      expect(takes(tags(), fine)).to.equal(true);
    }
    for (const wrong of [{ "aws:x": "y" }, { "": "y" }, { x: "a".repeat(257) }, { x: 1 }, "x=y"]) {
      expect(takes(tags(), wrong)).to.equal(false);
    }
  });
});
