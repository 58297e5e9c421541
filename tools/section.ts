/**
 * The text with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced.
 * @throws when the text has no such section.
 */
export function withSection(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`no section ${open} … ${close} in the text`);
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}
