import { josa } from "es-hangul";

/** Korean particles, first after a consonant, then after a vowel. */
export type Particle = "은/는" | "이/가" | "을/를" | "으로/로";

/** How Koreans read the digits and the letters at the end of names and ids. */
const readings: Readonly<Record<string, string>> = {
  ...{ 0: "영", 1: "일", 2: "이", 3: "삼", 4: "사", 5: "오", 6: "육", 7: "칠", 8: "팔", 9: "구" },
  ...{ l: "엘", m: "엠", n: "엔", r: "알" },
};

/** The last syllable of English words, and of names of services, that Koreans do not read letter by letter. */
const words: Readonly<Record<string, string>> = {
  backup: "업",
  bucket: "킷",
  ec2: "투",
  group: "룹",
  s3: "쓰리",
  subnet: "넷",
  up: "업",
  web: "웹",
};

/** Scaling, warning, billing: 링, 닝. */
const ing = "링";

/** Every other Latin letter is read with a vowel at its end: 에이, 비, 에프, 엑스. */
const otherLetter = "에이";

/** The word with the form of a particle that fits its last sound. Punctuation at its end has no sound. */
export function withParticle(word: string, particle: Particle): string {
  const [last = ""] = /[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u.exec(word.toLowerCase()) ?? [];
  const sound = /[가-힣]/.test(last) ? last : (wordSound(word) ?? readings[last] ?? otherLetter);
  return word + josa.pick(sound, particle);
}

/** The last syllable of the last word, as Koreans read it; undefined for one that is read letter by letter. */
function wordSound(text: string): string | undefined {
  const [word = ""] = /[a-z0-9]+(?=[^\p{L}\p{N}]*$)/u.exec(text.toLowerCase()) ?? [];
  return words[word] ?? (/[a-z]ing$/.test(word) ? ing : undefined);
}
