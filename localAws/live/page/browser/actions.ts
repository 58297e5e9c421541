import { send } from "./connection.ts";
import { byId, h } from "./dom.ts";
import { announce } from "./news.ts";

/**
 * A button that sends an action.
 *
 * @param warning what is lost: the user confirms it first
 */
export function actionButton(
  text: string,
  warning: string | undefined,
  action: () => object,
  about = "",
): HTMLButtonElement {
  const label = about === "" ? undefined : `${text} ${about}`;
  const button = h("button", {
    type: "button",
    class: warning === undefined ? "button" : "button serious",
    text,
    "aria-label": label,
  });
  button.addEventListener("click", () => {
    void press(button, label ?? text, warning, action());
  });
  return button;
}

async function press(
  button: HTMLButtonElement,
  label: string,
  warning: string | undefined,
  action: object,
): Promise<void> {
  if (warning !== undefined && !(await confirmed(label, warning))) return;
  // A disabled button loses the keyboard's focus; this one only ignores a second press.
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const { done, message } = await send(action);
  button.removeAttribute("aria-disabled");
  announce(message, done ? "good" : "bad");
}

/** Asks in a dialog, which keeps the focus and gives it back. */
function confirmed(label: string, warning: string): Promise<boolean> {
  const dialog = byId("confirm");
  if (!(dialog instanceof HTMLDialogElement)) throw new TypeError("#confirm is no dialog");
  const yes = h("button", { type: "button", class: "button serious", text: label });
  const no = h("button", { type: "button", class: "button", text: "Cancel" });
  dialog.replaceChildren(
    h("h2", { id: "confirm-title", text: `${label}?` }),
    h("p", { id: "confirm-text", text: warning }),
    h("div", { class: "buttons" }, no, yes),
  );
  return new Promise((resolve) => {
    yes.addEventListener("click", () => {
      dialog.close("yes");
    });
    no.addEventListener("click", () => {
      dialog.close("no");
    });
    dialog.addEventListener(
      "close",
      () => {
        resolve(dialog.returnValue === "yes");
        dialog.returnValue = "";
      },
      { once: true },
    );
    dialog.showModal();
    no.focus();
  });
}
