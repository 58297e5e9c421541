import { parseJson, z } from "../../../cli/json";
import type { StudentAccount } from "../../account/account";
import { withParticle } from "../../language/particle";
import { nameOf } from "../../preflight/client";
import { launcherOf } from "../../site/launcher";
import { failed, notChecked, passed, seen, type Exercise } from "../exercise";
import { noFunction } from "../missing";

const service = "lambda.amazonaws.com";

export const launcherFunction: Exercise = {
  id: "function",
  row: 13,
  title: { en: "A function with a role", ko: "역할이 있는 함수" },
  proves: {
    en: "A Lambda function is ready to run, with a role that Lambda may assume.",
    ko: "Lambda가 수임할 수 있는 역할로 함수를 실행할 준비가 되어 있습니다.",
  },
  points: 3,
  how: {
    en: "Run up; or Lambda, Create function, with the existing role LabRole in a lab.",
    ko: "up을 실행합니다. 또는 Lambda > 함수 생성에서 실습 계정은 기존 역할 LabRole을 사용합니다.",
  },
  act: false,
  check: async (account) => {
    const launcher = await launcherOf(account);
    if (launcher === undefined) return noFunction();
    const { name, roleArn, runtime } = launcher.function;
    const lambda = await account.lambda();
    const { State = "Active" } = await lambda.getFunctionConfiguration({ FunctionName: name });
    const trusts = await trustedBy(account, roleArn);
    const evidence = [
      seen(`${name} (${runtime}) is ${State}`, `${name}(${runtime}): ${State}`),
      trusts === undefined
        ? seen(`its role ${roleArn} does not exist`, `역할 ${withParticle(roleArn, "이/가")} 없음`)
        : seen(
            `its role ${roleArn} trusts ${trusts.join(", ")}`,
            `역할 ${roleArn}의 신뢰 대상: ${trusts.join(", ")}`,
          ),
    ];
    if (trusts?.includes(service) !== true) {
      return failed(
        {
          en: `Give the function an existing role that trusts ${service}, in a lab LabRole.`,
          ko: `${service}을 신뢰하는 기존 역할(실습 계정은 LabRole)을 함수에 지정합니다.`,
        },
        ...evidence,
      );
    }
    if (State === "Pending") {
      return notChecked(
        { en: "Wait until AWS has created the function.", ko: "함수 생성이 끝날 때까지 기다립니다." },
        ...evidence,
      );
    }
    // AWS makes an idle function inactive; its next invocation makes it active again.
    if (State === "Active" || State === "Inactive") return passed(...evidence);
    return failed(
      {
        en: "Find in Lambda, Functions why AWS could not create the function, and update it.",
        ko: "Lambda > 함수에서 생성 실패 원인을 확인하고 함수를 업데이트합니다.",
      },
      ...evidence,
    );
  },
};

const textsSchema = z.union([z.string(), z.array(z.string())]);
const trustSchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.string(),
      Principal: z.union([z.string(), z.object({ Service: textsSchema.optional() })]).optional(),
    }),
  ),
});

/** The services that the role trusts; undefined when it does not exist. */
async function trustedBy(account: StudentAccount, roleArn: string): Promise<readonly string[] | undefined> {
  const iam = await account.iam();
  const RoleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  try {
    const { Role } = await iam.getRole({ RoleName });
    const policy = parseJson(trustSchema, decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}"));
    return (policy?.Statement ?? [])
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Principal }) => (typeof Principal === "object" ? (Principal.Service ?? []) : []))
      .toSorted();
  } catch (error) {
    if (nameOf(error) === "NoSuchEntityException") return undefined;
    throw error;
  }
}
