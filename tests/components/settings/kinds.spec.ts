import { expect } from "chai";
import type { z } from "zod";

import { flag, oneOf, roleArn, timeZone, wholeNumber } from "../../../components/settings/kinds";

const accepts = (kind: z.ZodType, value: unknown) => kind.safeParse(value).success;
const messagesOf = (kind: z.ZodType, value: unknown) =>
  kind.safeParse(value).error?.issues.map(({ message }) => message);

describe("a setting's type", () => {
  it("accepts a whole number within its bounds, and names unit and bounds for every other value", () => {
    const kind = wholeNumber({ min: 1, max: 9, unit: "servers" });
    for (const value of [1, 9]) expect(accepts(kind, value)).to.equal(true);
    for (const value of [0, 10, 1.5, "3", null, NaN]) {
      expect(messagesOf(kind, value)).to.deep.equal(["a whole number of servers from 1 to 9"]);
    }
  });

  it("accepts one of several words, and lists them", () => {
    expect(accepts(oneOf(["one", "other"]), "other")).to.equal(true);
    expect(messagesOf(oneOf(["one", "other"]), "third")).to.deep.equal(["one of one, other"]);
  });

  it("accepts true or false, but no text", () => {
    expect(accepts(flag(), false)).to.equal(true);
    expect(messagesOf(flag(), "true")).to.deep.equal(["true or false"]);
  });

  it("accepts the ARN of a role in any partition", () => {
    for (const role of [
      "aws:iam::123456789012:role/LabRole",
      "aws-us-gov:iam::123456789012:role/a/b/x+=,.@-_",
    ]) {
      expect(accepts(roleArn(), `arn:${role}`), role).to.equal(true);
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
      expect(accepts(roleArn(), wrong), wrong).to.equal(false);
    }
  });

  it("accepts a time zone as IANA writes it, but no offset", () => {
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
      expect(accepts(timeZone(), zone), zone).to.equal(true);
    }
    for (const zone of [
      ...["Seoul", "+09:00", "", 9, "asia/seoul", "ASIA/SEOUL", "Asia/seoul", "utc", "Utc", "us/Eastern"],
      ...["US/EASTERN", "asia/Kolkata", "Asia/KOLKATA", "etc/UTC", "europe/berlin"],
    ]) {
      expect(accepts(timeZone(), zone), String(zone)).to.equal(false);
    }
  });
});
