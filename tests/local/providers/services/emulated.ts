import { awsClients, type AwsClients } from "../../../../local/providers/aws/clients";
import { startTestEmulator, type TestEmulator } from "../../../support/emulator";

let emulator: Promise<TestEmulator> | undefined;
let accounts = 0;

// A hook outside every `describe` runs once, after all files.
after(async () => {
  await (await emulator)?.stop();
});

/** Clients for an account that nobody else uses, in one emulator for all the service types' tests. */
export function emulatedAccount(): { readonly aws: AwsClients } {
  let clients: AwsClients | undefined;
  before(async function () {
    // The first start may have to set up the emulator's environment.
    this.timeout(180_000);
    emulator ??= startTestEmulator();
    accounts += 1;
    clients = awsClients({
      endpoint: (await emulator).endpoint,
      region: "us-east-1",
      accountId: String(100_000_000_000 + accounts),
    });
  });
  return {
    get aws() {
      if (clients === undefined)
        throw new Error("aws is there once the tests run, not while they are declared");
      return clients;
    },
  };
}
