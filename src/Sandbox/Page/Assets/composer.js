import { el } from "./dom.js";

/** A field to write in; with a slash it offers the app's commands. */
export function composer(id, { label, commands, send }) {
  const list = el("ul", { class: "commands", role: "listbox", id: `${id}-commands`, "aria-label": "Commands", hidden: true });
  const input = el("textarea", {
    id, rows: 1, placeholder: label, "aria-label": label, role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off",
  });
  const button = el("button", { type: "submit", class: "send", "aria-label": "Send" }, "➤");
  const form = el("form", { class: "composer", onsubmit: e => { e.preventDefault(); submit(); } }, list, input, button);

  const offered = () => input.value.startsWith("/") && !input.value.includes(" ") ? commands.filter(c => c.name.startsWith(input.value)) : [];

  function show() {
    const found = offered();
    list.replaceChildren(...found.map((c, i) => el("li", { role: "option", id: `${id}-command-${i}`, "aria-selected": String(i === 0), onmousedown: e => { e.preventDefault(); take(c); } },
      el("strong", {}, c.name), " ", el("span", { class: "usage" }, c.usageHint), el("small", {}, c.description))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) input.setAttribute("aria-activedescendant", `${id}-command-0`);
    else input.removeAttribute("aria-activedescendant");
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  }

  function take(command) {
    input.value = `${command.name} `;
    show();
    input.focus();
  }

  async function submit() {
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    show();
    form.classList.add("busy");
    await send(text);
    form.classList.remove("busy");
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", () => { list.hidden = true; });
  input.addEventListener("focus", show);
  input.addEventListener("keydown", e => {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      submit();
    } else if (e.key === "Tab" && !list.hidden) {
      const [first] = offered();
      if (first && input.value !== first.name) {
        e.preventDefault();
        take(first);
      }
    } else if (e.key === "Escape") {
      list.hidden = true;
    }
  });
  return form;
}
