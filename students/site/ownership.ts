import type { StudentAccount } from "../account/account";

/** Tags as most of AWS's services list them. */
type Tags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;

/** Whether a resource with these tags is the student's: in an account of their own every one is. */
export function isOwn({ owner }: Pick<StudentAccount, "owner">, tags: Tags): boolean {
  return (
    owner === undefined || (tags ?? []).some(({ Key, Value }) => Key === owner.key && Value === owner.value)
  );
}

/** Tags as an object. */
export function tagsOf(tags: Tags): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** DescribeTags of ELB takes this many ARNs. */
const arnsPerCall = 20;

/** Tags of load balancers and target groups, by ARN. */
export async function elbTags(
  account: StudentAccount,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const elbv2 = await account.elbv2();
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (let start = 0; start < arns.length; start += arnsPerCall) {
    const { TagDescriptions = [] } = await elbv2.describeTags({
      ResourceArns: arns.slice(start, start + arnsPerCall),
    });
    for (const { ResourceArn = "", Tags } of TagDescriptions) found.set(ResourceArn, tagsOf(Tags));
  }
  return found;
}

/** Those of the ARNs of ELB that are the student's. */
export async function ownElbArns(
  account: StudentAccount,
  arns: readonly string[],
): Promise<ReadonlySet<string>> {
  const { owner } = account;
  if (owner === undefined) return new Set(arns);
  const tags = await elbTags(account, arns);
  return new Set(arns.filter((arn) => tags.get(arn)?.[owner.key] === owner.value));
}
