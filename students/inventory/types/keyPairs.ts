import { tagsOf, type ResourceType } from "../resource";

/** Key pairs: free. */
export const keyPairs: ResourceType = {
  kind: "key pair",
  list: async (clients) => {
    const { KeyPairs = [] } = await (await clients.ec2()).describeKeyPairs({});
    return KeyPairs.map((key) => ({
      kind: "key pair",
      id: key.KeyName ?? "",
      detail: key.KeyFingerprint ?? "",
      tags: tagsOf(key.Tags),
      createdAt: key.CreateTime,
      dollarsPerHour: 0,
      running: false,
      uses: [],
    }));
  },
  remove: async (clients, id) => {
    await (await clients.ec2()).deleteKeyPair({ KeyName: id });
  },
};
