import { expect } from "chai";

import { secret } from "../../../../localAws/providers/aws/secretsmanager/secret";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf } from "./life";

describe("Secrets Manager types on the emulator", () => {
  const account = emulatedAccount();

  it("manage a secret, without its value", async () => {
    const { aws } = account;
    const secrets = await aws.secretsManager();
    const inputs = { description: "the administrator", recoveryWindowInDays: 0 };
    const made = await make(aws, secret, { ...inputs, tags: { Name: "administrator" } });
    await expectInStep(aws, made);
    expect(made.id).to.match(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:thing-/);

    await secrets.putSecretValue({ SecretId: made.id, SecretString: "{}" });
    expect(await driftOf(aws, made)).to.deep.equal([]);

    const changed = await change(aws, made, { ...inputs, description: "", tags: { Team: "web" } });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...inputs, name: "other" }).replaced).to.deep.equal(["name"]);
    expect((await secrets.getSecretValue({ SecretId: made.id })).SecretString).to.equal("{}");

    await secrets.updateSecret({ SecretId: made.id, Description: "mine" });
    await secrets.tagResource({ SecretId: made.id, Tags: [{ Key: "Team", Value: "ops" }] });
    expect(await driftOf(aws, changed)).to.deep.equal(["description", "tags"]);
    await end(aws, changed);
    const { SecretList } = await secrets.listSecrets({ IncludePlannedDeletion: true });
    expect(SecretList).to.deep.equal([]);
  });

  it("delete a secret only after its recovery window", async () => {
    const { aws } = account;
    const made = await make(aws, secret, { name: "waiting", recoveryWindowInDays: 7 });
    await end(aws, made);
    const { DeletedDate } = await (await aws.secretsManager()).describeSecret({ SecretId: made.id });
    expect(DeletedDate).to.be.an.instanceOf(Date);
  });

  it("refuse what Secrets Manager refuses, and unknown properties", () => {
    expect(problemsOf(secret, { name: "a b" }).map(({ property }) => property)).to.deep.equal(["name"]);
    for (const recoveryWindowInDays of [1, 6, 31]) {
      expect(problemsOf(secret, { recoveryWindowInDays }).map(({ property }) => property)).to.deep.equal([
        "recoveryWindowInDays",
      ]);
    }
    expect(problemsOf(secret, { secretString: "x" }).map(({ property }) => property)).to.deep.equal([
      "secretString",
    ]);
  });
});
