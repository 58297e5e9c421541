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

  it("reads a shell's exports, with or without quotes", () => {
    const text = `# lab\nexport AWS_ACCESS_KEY_ID=ASIA1\nexport AWS_SECRET_ACCESS_KEY="s/e+c=ret"\nAWS_SESSION_TOKEN='to=='\n`;
    expect(parseEnvironmentFile("kim.env", text)).to.deep.equal(expected);
  });

  it("reads the text of the lab's page", () => {
    const text =
      "[default]\r\naws_access_key_id=ASIA1\r\naws_secret_access_key = s/e+c=ret\r\naws_session_token=to==\r\n";
    expect(parseEnvironmentFile("kim.env", text)).to.deep.equal(expected);
  });

  it("names the missing variables, and shows no value", () => {
    const parse = () => parseEnvironmentFile("kim.env", "AWS_ACCESS_KEY_ID=\nAWS_SECRET_ACCESS_KEY=hush\n");
    expect(parse).to.throw(Failure, /^kim\.env has no AWS_ACCESS_KEY_ID\. Copy/);
    expect(parse).to.not.throw(Failure, /hush/);
  });

  it("reports when it was written: the only known bound of a session's age", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "credentials-"));
    const file = path.join(folder, "kim.env");
    await writeFile(file, "AWS_ACCESS_KEY_ID=ASIA1\nAWS_SECRET_ACCESS_KEY=s\n");
    const credentials = await resolveCredentials({ kind: "environmentFile", path: file }, "us-east-1");
    await rm(folder, { recursive: true });
    expect(credentials).to.include({ accessKeyId: "ASIA1", secretAccessKey: "s" });
    expect(credentials.writtenAt).to.be.instanceOf(Date);
  });

  it("names the file that does not exist", async () => {
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
  const problemOf = (error: unknown, messages: readonly string[] = []) =>
    refusedFailure(error, messages, "renew them")?.problem;

  it("reports expired credentials for every service's error code", () => {
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

  it("reports unknown credentials", () => {
    expect(problemOf(aws("InvalidClientTokenId"))).to.equal("AWS does not know the credentials.");
  });

  it("does not change other errors", () => {
    expect(problemOf(aws("UnauthorizedOperation"))).to.equal(undefined);
  });

  it("names the source of the credentials in the roster", () => {
    expect(renewal({ kind: "environmentFile", path: "lab/kim.env" })).to.include("into lab/kim.env");
    expect(renewal({ kind: "profile", profile: "kim" })).to.include("[kim]");
    expect(renewal({ kind: "role", roleArn: "arn:aws:iam::1:role/x" })).to.include("arn:aws:iam::1:role/x");
    expect(renewal(undefined)).to.include("your own credentials");
  });
});

describe("the environment of a student's engine", () => {
  it("has the student's credentials, and no variable that selects others", () => {
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
