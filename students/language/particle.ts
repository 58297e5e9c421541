import { josa } from "es-hangul";

/** Korean particles, first after a consonant, then after a vowel. */
export type Particle = "은/는" | "이/가" | "을/를" | "으로/로";

/** How Koreans read the digits and the letters at the end of names and ids. */
const readings: Readonly<Record<string, string>> = {
  ...{ 0: "영", 1: "일", 2: "이", 3: "삼", 4: "사", 5: "오", 6: "육", 7: "칠", 8: "팔", 9: "구" },
  ...{ l: "엘", m: "엠", n: "엔", r: "알" },
};

/** Every other Latin letter is read with a vowel at its end: 에이, 비, 에프, 엑스. */
const otherLetter = "에이";

/** The word with the form of a particle that fits its last sound. Punctuation at its end has no sound. */
export function withParticle(word: string, particle: Particle): string {
  const [last = ""] = /[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u.exec(word.toLowerCase()) ?? [];
  const sound = /[가-힣]/.test(last) ? last : (readings[last] ?? otherLetter);
  return word + josa.pick(sound, particle);
}
