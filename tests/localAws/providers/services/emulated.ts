import { awsClients, type AwsClients } from "../../../../localAws/providers/aws/clients";
import { useEmulator } from "../../../support/emulator";

/** Clients for an account that no other suite uses, in an emulator of this suite. */
export function emulatedAccount(): { readonly aws: AwsClients } {
  const emulator = useEmulator();
  let clients: AwsClients | undefined;
  before(() => {
    clients = awsClients({
      endpoint: emulator.endpoint,
      region: "us-east-1",
      accountId: emulator.newAccountId(),
    });
  });
  return {
    get aws() {
      if (clients === undefined) throw new Error("aws exists in tests and hooks only, not before them.");
      return clients;
    },
  };
}
