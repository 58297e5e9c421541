import { send } from "./connection.ts";
import { h } from "./dom.ts";
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

/** Asks in a dialog of its own, which keeps the focus and gives it back. */
function confirmed(label: string, warning: string): Promise<boolean> {
  const yes = h("button", { type: "button", class: "button serious", text: label });
  const no = h("button", { type: "button", class: "button", text: "Cancel" });
  const dialog = h(
    "dialog",
    { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
    h("h2", { id: "confirm-title", text: `${label}?` }),
    h("p", { id: "confirm-text", text: warning }),
    h("div", { class: "buttons" }, no, yes),
  );
  document.body.append(dialog);
  yes.addEventListener("click", () => {
    dialog.close("yes");
  });
  no.addEventListener("click", () => {
    dialog.close();
  });
  dialog.showModal();
  no.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}
