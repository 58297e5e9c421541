import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { Failure } from "../../cli/failure";
import { engineEnvironment } from "../../students/credentials/engineEnvironment";
import { parseEnvironmentFile } from "../../students/credentials/environmentFile";
import { refusedFailure, renewal } from "../../students/credentials/refused";
import { resolveCredentials } from "../../students/credentials/resolve";
import { rejectionOf } from "../support/rejection";

describe("a file with credentials", () => {
  const expected = { accessKeyId: "ASIA1", secretAccessKey: "s/e+c=ret", sessionToken: "to==" };

  it("may be what a shell exports, with or without quotes", () => {
    const text = `# lab\nexport AWS_ACCESS_KEY_ID=ASIA1\nexport AWS_SECRET_ACCESS_KEY="s/e+c=ret"\nAWS_SESSION_TOKEN='to=='\n`;
    expect(parseEnvironmentFile("kim.env", text)).to.deep.equal(expected);
  });

  it("may be what the lab's page shows", () => {
    const text =
      "[default]\r\naws_access_key_id=ASIA1\r\naws_secret_access_key = s/e+c=ret\r\naws_session_token=to==\r\n";
    expect(parseEnvironmentFile("kim.env", text)).to.deep.equal(expected);
  });

  it("is refused with what is missing named, and no value shown", () => {
    const parse = () => parseEnvironmentFile("kim.env", "AWS_ACCESS_KEY_ID=\nAWS_SECRET_ACCESS_KEY=hush\n");
    expect(parse).to.throw(Failure, /^kim\.env has no AWS_ACCESS_KEY_ID\. Copy/);
    expect(parse).to.not.throw(Failure, /hush/);
  });

  it("tells when it was written, for nobody else knows how old a session is", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "credentials-"));
    const file = path.join(folder, "kim.env");
    await writeFile(file, "AWS_ACCESS_KEY_ID=ASIA1\nAWS_SECRET_ACCESS_KEY=s\n");
    const credentials = await resolveCredentials({ kind: "environmentFile", path: file }, "us-east-1");
    await rm(folder, { recursive: true });
    expect(credentials).to.include({ accessKeyId: "ASIA1", secretAccessKey: "s" });
    expect(credentials.writtenAt).to.be.instanceOf(Date);
  });

  it("is missed by its name", async () => {
    const message = await rejectionOf(
      resolveCredentials({ kind: "environmentFile", path: "/nowhere/kim.env" }, "us-east-1"),
    );
    expect(message).to.equal(
      "The credentials file /nowhere/kim.env does not exist. Write it, or fix the roster.",
    );
  });
});

describe("credentials that AWS refuses", () => {
  const aws = (name: string, message = "no") => Object.assign(new Error(message), { name });
  const problemOf = (error: unknown, told: readonly string[] = []) =>
    refusedFailure(error, told, "renew them")?.problem;

  it("are told as expired, whichever service said so, in whichever words", () => {
    for (const name of ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]) {
      expect(problemOf(aws(name)), name).to.equal("The credentials have expired.");
    }
    const cause = aws("Error", "The security token included in the request is expired");
    expect(problemOf(new Failure("The role cannot be assumed.", "", { cause }))).to.equal(
      "The credentials have expired. The role cannot be assumed.",
    );
    expect(
      problemOf(new Failure("The engine stopped. 3 changes are kept.", ""), ["api error RequestExpired: x"]),
    ).to.equal("The credentials have expired. The engine stopped. 3 changes are kept.");
  });

  it("are told as not known", () => {
    expect(problemOf(aws("InvalidClientTokenId"))).to.equal("AWS does not know the credentials.");
  });

  it("are no reason for anything else", () => {
    expect(problemOf(aws("UnauthorizedOperation"))).to.equal(undefined);
  });

  it("are renewed where the roster has them", () => {
    expect(renewal({ kind: "environmentFile", path: "lab/kim.env" })).to.include("into lab/kim.env");
    expect(renewal({ kind: "profile", profile: "kim" })).to.include("[kim]");
    expect(renewal({ kind: "role", roleArn: "arn:aws:iam::1:role/x" })).to.include("arn:aws:iam::1:role/x");
    expect(renewal(undefined)).to.include("your own credentials");
  });
});

describe("the environment of a student's engine", () => {
  it("has the student's credentials, and nothing that leads to others", () => {
    const environment = engineEnvironment({ accessKeyId: "A", secretAccessKey: "S" }, "us-west-2");
    expect(environment).to.include({
      AWS_ACCESS_KEY_ID: "A",
      AWS_SECRET_ACCESS_KEY: "S",
      AWS_SESSION_TOKEN: "",
      AWS_PROFILE: "",
      AWS_WEB_IDENTITY_TOKEN_FILE: "",
      AWS_REGION: "us-west-2",
    });
  });
});
