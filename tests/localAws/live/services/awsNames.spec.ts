import { expect } from "chai";

import {
  endpointHost,
  publicHosts,
  signedService,
  signingNameOfHost,
} from "../../../../localAws/live/services/awsNames";

describe("AWS's names", () => {
  it("have each service in each region once", () => {
    const hosts = publicHosts(["us-east-1", "ap-northeast-2"]);
    expect(hosts).to.include.members([
      "email.ap-northeast-2.amazonaws.com",
      "secretsmanager.us-east-1.amazonaws.com",
      "truststore.pki.rds.amazonaws.com",
    ]);
    expect(new Set(hosts).size).to.equal(hosts.length);
  });

  it("give an endpoint its service's usual name", () => {
    expect(endpointHost("com.amazonaws.us-east-1.email")).to.deep.equal({
      host: "email.us-east-1.amazonaws.com",
      signingName: "ses",
    });
    expect(endpointHost("com.amazonaws.vpce.us-east-1.vpce-svc-1")).to.equal(undefined);
  });

  it("are signed by the service's name", () => {
    expect(signingNameOfHost("secretsmanager.us-east-1.amazonaws.com")).to.equal("secretsmanager");
    expect(signingNameOfHost("email.us-east-1.amazonaws.com")).to.equal("ses");
    expect(signingNameOfHost("bucket.s3.us-east-1.amazonaws.com")).to.equal("s3");
    expect(signingNameOfHost("vpce-0a1.ssm.us-east-1.vpce.amazonaws.com")).to.equal("ssm");
  });

  it("are in a signature's scope", () => {
    const header = "AWS4-HMAC-SHA256 Credential=AKID/20261130/us-east-1/ses/aws4_request, SignedHeaders=host";
    expect(signedService(header)).to.equal("ses");
    expect(signedService("Bearer x")).to.equal(undefined);
    expect(signedService(undefined)).to.equal(undefined);
  });
});
