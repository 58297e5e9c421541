import { allOf, known, type ResourceType } from "../resource";

/** Lambda functions: free while they are not called, but a schedule may start servers with one. */
export const functions: ResourceType = {
  kind: "function",
  list: async (clients) => {
    const lambda = await clients.lambda();
    const found = await allOf(lambda.paginateListFunctions({}), (page) => page.Functions);
    return Promise.all(
      found.map(async ({ FunctionName = "", FunctionArn, Runtime, LastModified, VpcConfig }) => {
        const { Tags = {} } = await lambda.listTags({ Resource: FunctionArn });
        return {
          kind: "function" as const,
          id: FunctionName,
          detail: Runtime ?? "container image",
          tags: Tags,
          createdAt: LastModified === undefined ? undefined : new Date(LastModified),
          dollarsPerHour: 0,
          running: false,
          uses: known(VpcConfig?.VpcId),
        };
      }),
    );
  },
  remove: async (clients, id) => {
    await (await clients.lambda()).deleteFunction({ FunctionName: id });
  },
};
