import { allOf, known, tagsOf, type ResourceType } from "../resource";

/** The account's own AMIs. An AMI costs its snapshots, which are listed separately and remain after the AMI. */
export const images: ResourceType = {
  kind: "image",
  list: async (clients) => {
    const ec2 = await clients.ec2();
    const found = await allOf(ec2.paginateDescribeImages({ Owners: ["self"] }), (page) => page.Images);
    return found.map((image) => ({
      kind: "image",
      id: image.ImageId ?? "",
      detail: image.Name ?? "",
      tags: tagsOf(image.Tags),
      createdAt: image.CreationDate === undefined ? undefined : new Date(image.CreationDate),
      dollarsPerHour: 0,
      running: false,
      uses: known(image.SourceInstanceId),
    }));
  },
  remove: async (clients, id) => {
    await (await clients.ec2()).deregisterImage({ ImageId: id });
  },
};
