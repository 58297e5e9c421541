import { awsClients, type AwsClients } from "../../../../localAws/providers/aws/clients";
import { startTestEmulator, type TestEmulator } from "../../../support/emulator";

let accounts = 0;

/** Clients for an account that nobody else uses, in an emulator of this suite's own. */
export function emulatedAccount(): { readonly aws: AwsClients } {
  let emulator: TestEmulator | undefined;
  let clients: AwsClients | undefined;
  before(async function () {
    // The first start may have to set up the emulator's environment.
    this.timeout(180_000);
    emulator = await startTestEmulator();
    accounts += 1;
    clients = awsClients({
      endpoint: emulator.endpoint,
      region: "us-east-1",
      accountId: String(100_000_000_000 + accounts),
    });
  });
  after(async () => {
    await emulator?.stop();
  });
  return {
    get aws() {
      if (clients === undefined)
        throw new Error("aws is there once the tests run, not while they are declared");
      return clients;
    },
  };
}
