import { expect } from "chai";

import { emailIdentity } from "../../../../localAws/providers/aws/sesv2/emailIdentity";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, textIn } from "./life";

describe("SES types on the emulator", () => {
  const account = emulatedAccount();

  it("manage a domain's identity, with three keys for its records", async () => {
    const { aws } = account;
    const ses = await aws.sesv2();
    const inputs = {
      emailIdentity: "blog.example.com",
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
    };
    const made = await make(aws, emailIdentity, { ...inputs, tags: { Name: "mail" } });
    await expectInStep(aws, made);
    expect(made.id).to.equal("blog.example.com");
    expect(made.state).to.deep.include({
      arn: `arn:aws:ses:us-east-1:${aws.accountId}:identity/blog.example.com`,
      identityType: "DOMAIN",
      verifiedForSendingStatus: true,
    });
    const { DkimAttributes } = await ses.getEmailIdentity({ EmailIdentity: made.id });
    expect(DkimAttributes?.Tokens).to.have.length(3);
    expect(made.state["dkimSigningAttributes"]).to.deep.include({ tokens: DkimAttributes?.Tokens });

    const changed = await change(aws, made, { ...inputs, tags: { Team: "web" } });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...inputs, emailIdentity: "example.com" }).replaced).to.deep.equal([
      "emailIdentity",
    ]);
    await ses.tagResource({
      ResourceArn: textIn(made, "arn"),
      Tags: [{ Key: "Team", Value: "ops" }],
    });
    expect(await driftOf(aws, changed)).to.deep.equal(["tags"]);
    await end(aws, changed);
    expect((await ses.listEmailIdentities({})).EmailIdentities).to.deep.equal([]);
    const again = await make(aws, emailIdentity, inputs);
    await expectInStep(aws, again);
    await end(aws, again);
  });

  it("are refused if the name exists", async () => {
    const { aws } = account;
    const made = await make(aws, emailIdentity, { emailIdentity: "twice.example.com" });
    const again = make(aws, emailIdentity, { emailIdentity: "twice.example.com" }).catch(String);
    expect(await again).to.match(/AlreadyExists/);
    await end(aws, made);
  });

  it("are refused with unknown properties", () => {
    expect(
      problemsOf(emailIdentity, { emailIdentity: "example.com", policy: "x" }).map(
        ({ property }) => property,
      ),
    ).to.deep.equal(["policy"]);
  });
});
