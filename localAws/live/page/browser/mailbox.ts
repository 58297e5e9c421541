import type { Mail, PageState } from "../model/page";
import { byId, h, keyedList, setText } from "./dom.ts";
import { timeText } from "./format.ts";
import { say } from "./news.ts";

/** The mail of the run, newest first. It is text, whatever its sender wrote. */
export function makeMailbox() {
  const section = byId("mail");
  const list = h("ul", { class: "mails" });
  const empty = h("p", { class: "empty", text: "No mail yet." });
  const count = h("span", { class: "note" });
  section.append(
    h("div", { class: "panel-top" }, h("h2", { id: "mail-title", text: "Mailbox" }), count),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Mail" }, list, empty),
  );
  const show = keyedList<Mail>(
    list,
    ({ id }) => id,
    (mail) => ({ element: mailItem(mail), update: () => undefined }),
  );
  let known: ReadonlySet<string> | undefined;
  return ({ mail }: PageState): void => {
    section.hidden = mail === null;
    const all = mail ?? [];
    show(all);
    setText(count, all.length === 0 ? "" : `${all.length}`);
    empty.hidden = all.length > 0;
    if (known !== undefined) for (const { id, subject } of all) if (!known.has(id)) say(`Mail: ${subject}`);
    known = new Set(all.map(({ id }) => id));
  };
}

function mailItem({ at, from, to, subject, text }: Mail): HTMLElement {
  return h(
    "li",
    {},
    h(
      "details",
      {},
      h(
        "summary",
        {},
        h("span", { class: "subject", text: subject === "" ? "(no subject)" : subject }),
        h("span", { class: "note", text: `${timeText(at)}, ${from}` }),
      ),
      h("p", { class: "note", text: `To ${to.join(", ")}` }),
      h("p", { class: "mail-text", text }),
    ),
  );
}
