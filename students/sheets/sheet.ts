import type { Text } from "../language/text";
import { same } from "../language/text";
import type { CredentialsSource } from "../roster/roster";
import { paths } from "../served/protocol";

/** What one student's sheet says. */
export interface SheetFacts {
  readonly className: string;
  readonly id: string;
  readonly name: string;
  /** 12 digits; undefined when the roster does not have it. */
  readonly accountId: string | undefined;
  readonly region: string;
  /** The way into the account: a key to the class's emulator, or the source of the credentials in the roster. */
  readonly access:
    | {
        readonly kind: "emulator";
        readonly url: string;
        /** SHA-256 of the certificate of the class's authority; undefined for HTTP. */
        readonly fingerprint?: string | undefined;
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
      }
    | { readonly kind: "aws"; readonly source: CredentialsSource | undefined };
}

/** A part of a sheet. */
export interface SheetSection {
  readonly title: Text;
  readonly facts?: readonly { readonly name: Text; readonly value: string }[];
  readonly sentences?: readonly Text[];
  /** Lines for a terminal. */
  readonly commands?: readonly string[];
}

/** The sheet's parts, in order. */
export function sheetSections({ id, accountId, region, access }: SheetFacts): readonly SheetSection[] {
  const account: SheetSection = {
    title: { en: "Account", ko: "계정" },
    facts: [
      { name: { en: "Student", ko: "학번" }, value: id },
      ...(accountId === undefined ? [] : [{ name: { en: "AWS account", ko: "AWS 계정" }, value: accountId }]),
      { name: { en: "Region", ko: "리전" }, value: region },
      ...(access.kind === "aws"
        ? []
        : [
            { name: { en: "Address", ko: "주소" }, value: access.url },
            ...(access.fingerprint === undefined
              ? []
              : [{ name: { en: "Fingerprint", ko: "인증서 지문" }, value: access.fingerprint }]),
            { name: { en: "Access key ID", ko: "액세스 키 ID" }, value: access.accessKeyId },
            { name: { en: "Secret access key", ko: "비밀 액세스 키" }, value: access.secretAccessKey },
          ]),
    ],
  };
  return [account, ...(access.kind === "emulator" ? emulatorSections(region, access) : awsSections(access))];
}

const look: SheetSection = {
  title: { en: "First commands (AWS CLI)", ko: "첫 명령 (AWS CLI)" },
  commands: [
    "aws sts get-caller-identity",
    "aws ec2 describe-instances --output table",
    "aws autoscaling describe-auto-scaling-groups --output table",
  ],
};

function emulatorSections(
  region: string,
  {
    url,
    fingerprint,
    accessKeyId,
    secretAccessKey,
  }: Extract<SheetFacts["access"], { readonly kind: "emulator" }>,
): readonly SheetSection[] {
  const variables = [
    ["AWS_ENDPOINT_URL", url],
    ["AWS_ACCESS_KEY_ID", accessKeyId],
    ["AWS_SECRET_ACCESS_KEY", secretAccessKey],
    ["AWS_DEFAULT_REGION", region],
    ...(fingerprint === undefined ? [] : trustVariables),
  ] as const;
  return [
    ...(fingerprint === undefined ? [] : [certificateSection(url)]),
    {
      title: same("macOS, Linux"),
      commands: variables.map(([name, value]) => `export ${name}='${value}'`),
    },
    {
      title: same("Windows PowerShell"),
      commands: variables.map(([name, value]) => `$env:${name} = '${value}'`),
    },
    look,
    {
      title: { en: "Note", ko: "참고" },
      sentences: [
        {
          en: "This is an emulator of AWS: nothing costs money, and the key opens only this account. Keep the secret key to yourself.",
          ko: "AWS 에뮬레이터이므로 요금이 발생하지 않으며, 이 키로는 위의 계정만 사용할 수 있습니다. 비밀 액세스 키는 다른 사람에게 알리지 않습니다.",
        },
      ],
    },
  ];
}

const authorityFile = "class.pem";

/** The AWS CLI and the official provider, Node.js, and programs in Go read these. */
const trustVariables = [
  ["AWS_CA_BUNDLE", authorityFile],
  ["NODE_EXTRA_CA_CERTS", authorityFile],
  ["SSL_CERT_FILE", authorityFile],
] as const;

/** The first download cannot be verified by a certificate: the fingerprint on paper verifies it. */
function certificateSection(url: string): SheetSection {
  return {
    title: { en: "Certificate (first)", ko: "인증서 (먼저 실행)" },
    sentences: [
      {
        en: "Continue only when the fingerprint (SHA-256) that is printed is the one above. On Windows use curl.exe, and certutil -dump in place of openssl.",
        ko: "출력된 지문(SHA-256)이 위의 지문과 같을 때만 계속합니다. Windows에서는 curl.exe를 사용하고, openssl 대신 certutil -dump를 사용합니다.",
      },
    ],
    commands: [
      `curl -k -o ${authorityFile} ${new URL(paths.authority, url).href}`,
      `openssl x509 -noout -fingerprint -sha256 -in ${authorityFile}`,
    ],
  };
}

function awsSections({
  source,
}: Extract<SheetFacts["access"], { readonly kind: "aws" }>): readonly SheetSection[] {
  return [
    { title: { en: "Credentials", ko: "자격 증명" }, ...credentialsOf(source) },
    look,
    {
      title: { en: "Note", ko: "참고" },
      sentences: [
        {
          en: "Credentials of a lab end with its session. Delete what you created by hand when you are done: NAT gateways, load balancers and databases cost money every hour.",
          ko: "실습 계정의 자격 증명은 세션이 끝나면 만료됩니다. 직접 만든 리소스는 실습 후 삭제합니다. NAT 게이트웨이, 로드 밸런서, 데이터베이스는 시간마다 요금이 발생합니다.",
        },
      ],
    },
  ];
}

function credentialsOf(source: CredentialsSource | undefined): Omit<SheetSection, "title"> {
  switch (source?.kind) {
    case "profile":
      return { commands: [`export AWS_PROFILE='${source.profile}'`] };
    case "role":
      return {
        facts: [{ name: { en: "Role", ko: "역할" }, value: source.roleArn }],
        sentences: [{ en: "Your instructor assumes this role.", ko: "강사가 이 역할을 사용합니다." }],
      };
    case "environmentFile":
    case undefined:
      return {
        sentences: [
          {
            en: "Start the lab, open AWS Details, AWS CLI, and copy the text into ~/.aws/credentials. Give your instructor the same text.",
            ko: "실습(Lab)을 시작하고 AWS Details의 AWS CLI 내용을 ~/.aws/credentials에 붙여 넣습니다. 같은 내용을 강사에게 제출합니다.",
          },
        ],
      };
  }
}
