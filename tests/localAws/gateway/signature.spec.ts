import { expect } from "chai";

import { parseAuthorization, problemWith, type SignedRequest } from "../../../localAws/gateway/signature";

/** AWS's published examples: https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html */
const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const now = new Date("2015-08-30T12:36:00Z");
const time = ["X-Amz-Date", "20150830T123600Z"];
const empty = new Uint8Array();
const vanilla = {
  request: {
    method: "GET",
    target: "/",
    rawHeaders: ["Host", "example.amazonaws.com", ...time],
    body: empty,
  },
  authorization: {
    accessKeyId: "AKIDEXAMPLE",
    date: "20150830",
    region: "us-east-1",
    service: "service",
    signedHeaders: ["host", "x-amz-date"],
    signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  },
};
const listUsers = {
  request: {
    method: "GET",
    target: "/?Action=ListUsers&Version=2010-05-08",
    rawHeaders: [
      "Host",
      "iam.amazonaws.com",
      "Content-Type",
      "application/x-www-form-urlencoded; charset=utf-8",
      ...time,
    ],
    body: empty,
  },
  authorization: {
    ...vanilla.authorization,
    service: "iam",
    signedHeaders: ["content-type", "host", "x-amz-date"],
    signature: "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
  },
};

describe("the signature of a request", () => {
  const problem = (
    { request, authorization }: typeof vanilla,
    changed: Partial<SignedRequest> = {},
    at = now,
    key = secret,
  ) => problemWith({ ...request, ...changed }, authorization, key, at);

  it("is right in AWS's published examples", () => {
    expect(problem(vanilla)).to.equal(undefined);
    expect(problem(listUsers)).to.equal(undefined);
  });

  it("covers method, path, query, headers, body and key", () => {
    for (const changed of [
      { method: "POST" },
      { target: "/other" },
      { target: "/?a" },
      { rawHeaders: ["Host", "other.amazonaws.com", ...time] },
      { body: Buffer.from("x") },
    ]) {
      expect(problem(vanilla, changed), JSON.stringify(changed)).to.equal("signature");
    }
    expect(problem(vanilla, {}, now, "another")).to.equal("signature");
    expect(problem(listUsers, { target: "/?Action=ListUsers&Version=2010-05-09" })).to.equal("signature");
  });

  it("may have its query in any order and encoding", () => {
    expect(problem(listUsers, { target: "/?Version=2010%2D05-08&Action=ListUsers" })).to.equal(undefined);
  });

  it("is refused with a clock that differs by more than 15 minutes", () => {
    const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
    for (const count of [-14, 14]) expect(problem(vanilla, {}, minutes(count))).to.equal(undefined);
    for (const count of [-16, 16]) expect(problem(vanilla, {}, minutes(count))).to.equal("clock");
  });

  it("must cover the host, and the day of its scope must be that of its time", () => {
    const { request, authorization } = vanilla;
    const withDifference = (changed: Partial<typeof authorization>) =>
      problemWith(request, { ...authorization, ...changed }, secret, now);
    expect(withDifference({ signedHeaders: ["x-amz-date"] })).to.equal("signature");
    expect(withDifference({ date: "20150831" })).to.equal("signature");
  });

  it("is refused when the declared hash is not that of the body", () => {
    const hashed = ["X-Amz-Content-Sha256", "0".repeat(64)];
    const rawHeaders = [...vanilla.request.rawHeaders, ...hashed];
    expect(problem(vanilla, { rawHeaders })).to.equal("body");
  });
});

describe("an Authorization header", () => {
  const signature = "0".repeat(64);
  const header = (scope: string) =>
    `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;

  it("is parsed into its parts", () => {
    const right = header("AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/ec2/aws4_request");
    const parsed = {
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      date: "20150830",
      region: "us-east-1",
      service: "ec2",
      signedHeaders: ["host", "x-amz-date"],
      signature,
    };
    expect(parseAuthorization(right)).to.deep.equal(parsed);
    expect(parseAuthorization(right.replaceAll(", ", ","))).to.deep.equal(parsed);
  });

  for (const wrong of [
    "",
    "Bearer x",
    header("AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/ec2"),
    header("AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/motoapi.amazonaws.com/aws4_request"),
    header("AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/moto_api/aws4_request"),
    "AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=",
  ]) {
    it(`is refused in another form: ${wrong.slice(0, 90)}`, () => {
      expect(parseAuthorization(wrong)).to.equal(undefined);
    });
  }
});
