/** The languages of everything that students read. */
export const languages = ["en", "ko"] as const;
export type Language = (typeof languages)[number];

/** A text in every language. */
export type Text = Readonly<Record<Language, string>>;

/** Names, numbers and ids that are the same in every language. */
export function same(text: string): Text {
  return { en: text, ko: text };
}
