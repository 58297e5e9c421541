import { expect } from "chai";
import type { z } from "zod";

import { flag, oneOf, roleArn, timeZone, wholeNumber } from "../../../components/settings/kinds";

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

  it("hold the ARN of a role, in any partition", () => {
    for (const role of [
      "aws:iam::123456789012:role/LabRole",
      "aws-us-gov:iam::123456789012:role/a/b/x+=,.@-_",
    ]) {
      expect(takes(roleArn(), `arn:${role}`), role).to.equal(true);
    }
    for (const wrong of [
      "arn:aws:s3::123456789012:role/x",
      "arn:aws:iam:us-east-1:123456789012:role/x",
      "arn:aws:iam::123456789012:instance-profile/x",
      "arn:aws:iam::123456789012:user/x",
      "arn:aws:iam::12345678901:role/x",
      "arn:aws:iam::123456789012:role/",
      "arn:aws:iam::123456789012:role/my role",
      `arn:aws:iam::123456789012:role/${"r".repeat(65)}`,
      "arn:amazon:iam::123456789012:role/x",
      "LabRole",
    ]) {
      expect(takes(roleArn(), wrong), wrong).to.equal(false);
    }
  });

  it("hold a time zone as IANA writes it, not an offset", () => {
    for (const zone of [
      ...[
        "UTC",
        "GMT",
        "Etc/UTC",
        "Etc/GMT+9",
        "Asia/Seoul",
        "Europe/Berlin",
        "Asia/Kolkata",
        "America/Port_of_Spain",
      ],
      ...[
        "America/Argentina/Buenos_Aires",
        "US/Eastern",
        "Australia/NSW",
        "EST5EDT",
        "Pacific/Chatham",
        "NZ-CHAT",
      ],
    ]) {
      expect(takes(timeZone(), zone), zone).to.equal(true);
    }
    for (const zone of [
      ...["Seoul", "+09:00", "", 9, "asia/seoul", "ASIA/SEOUL", "Asia/seoul", "utc", "Utc", "us/Eastern"],
      ...["US/EASTERN", "asia/Kolkata", "Asia/KOLKATA", "etc/UTC", "europe/berlin"],
    ]) {
      expect(takes(timeZone(), zone), String(zone)).to.equal(false);
    }
  });
});
