import { counted } from "../../cli/counted";
import { codeOf, messageOf } from "../../cli/failure";
import { Failure } from "../../cli/failure";
import { isRefused } from "../credentials/refused";
import type { Text } from "../language/text";
import { same } from "../language/text";
import { nameOf } from "../preflight/client";
import { NotSeenError } from "./notSeen";
import { callOf } from "./questions";
import { TimeLimitError } from "./timeLimit";

/** Why something was not seen, and what to do about it. */
export interface Reason {
  readonly reason: Text;
  readonly next: Text;
}

const refusedNames =
  /^(?:UnauthorizedOperation|AccessDenied|AccessDeniedException|AuthorizationError(?:Exception)?|AuthFailure|OptInRequired|Forbidden)$/;
const throttledNames =
  /^(?:Throttl\w*|RequestLimitExceeded|TooManyRequests\w*|RequestThrottled\w*|SlowDown|BandwidthLimitExceeded)$/;
const networkCodes = /^(?:ECONN\w+|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;

/** The reason why a question or a check has no answer. Every error has one: none becomes points. */
export function reasonOf(error: unknown): Reason {
  const call = callOf(error) ?? "AWS";
  if (error instanceof NotSeenError) return { reason: error.reason, next: error.next };
  if (isRefused(error)) {
    return {
      reason: {
        en: "AWS refused the credentials: they have expired or are unknown",
        ko: "자격 증명이 만료되었거나 올바르지 않아 AWS가 거부함",
      },
      next: {
        en: "Renew the student's credentials, then grade again.",
        ko: "학생의 자격 증명을 갱신한 뒤 다시 채점합니다.",
      },
    };
  }
  if (error instanceof Failure) return { reason: same(error.problem), next: same(error.remedy) };
  if (error instanceof TimeLimitError) {
    return {
      reason: {
        en: `${call} gave no answer in ${counted(error.seconds, "second")}`,
        ko: `${call}: ${error.seconds}초 안에 응답 없음`,
      },
      next: { en: "Grade this student again later.", ko: "나중에 이 학생을 다시 채점합니다." },
    };
  }
  const name = nameOf(error);
  if (refusedNames.test(name)) {
    return {
      reason: { en: `the account may not call ${call}: ${name}`, ko: `계정에 ${call} 권한이 없음: ${name}` },
      next: {
        en: "Use credentials that may read the account, e.g. with ReadOnlyAccess.",
        ko: "계정을 읽을 수 있는 자격 증명(예: ReadOnlyAccess)을 사용합니다.",
      },
    };
  }
  if (throttledNames.test(name)) {
    return {
      reason: { en: `AWS throttles ${call}: ${name}`, ko: `AWS가 ${call} 요청을 제한함: ${name}` },
      next: { en: "Grade this student again in a minute.", ko: "1분 뒤에 이 학생을 다시 채점합니다." },
    };
  }
  if (networkCodes.test(codeOf(error) ?? "")) {
    return {
      reason: { en: `no connection: ${messageOf(error)}`, ko: `연결할 수 없음: ${messageOf(error)}` },
      next: {
        en: "Check the network of this machine, then grade again.",
        ko: "이 컴퓨터의 네트워크를 확인한 뒤 다시 채점합니다.",
      },
    };
  }
  return {
    reason: {
      en: `${call} ended with ${name === "" ? "an error" : name}: ${messageOf(error)}`,
      ko: `${call} 오류 ${name}: ${messageOf(error)}`,
    },
    next: {
      en: "Grade this student again; if the error remains, report it.",
      ko: "이 학생을 다시 채점하고, 오류가 계속되면 보고합니다.",
    },
  };
}
