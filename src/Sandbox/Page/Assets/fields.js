import { el } from "./dom.js";

// Form elements of Block Kit. Each gives { node, focus, value() }: what it would report, or null when it is empty.

let number = 0;

export function field(element, entered, describe, host) {
  switch (element.type) {
    case "plain_text_input": return text(element, entered, describe, host);
    case "static_select": return staticSelect(element, entered, describe, host);
    case "external_select": return externalSelect(element, entered, describe, host);
    case "users_select": return usersSelect(element, entered, describe, host);
    case "radio_buttons": return choices(element, entered, describe, host, "radio");
    case "checkboxes": return choices(element, entered, describe, host, "checkbox");
    case "datepicker": return native(element, entered?.selected_date, describe, host, "date", v => v);
    case "timepicker": return native(element, entered?.selected_time, describe, host, "time", v => v);
    case "datetimepicker": return native(element, local(entered?.selected_date_time), describe, host, "datetime-local", v => Math.floor(new Date(v).getTime() / 1000));
    default: return { node: el("p", { class: "hint" }, `(${element.type})`), focus: null, value: () => null };
  }
}

const local = seconds => {
  if (!seconds) return "";
  const d = new Date(seconds * 1000);
  return new Date(d - d.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

function text(element, entered, describe, host) {
  const input = el(element.multiline ? "textarea" : "input", {
    ...describe, value: entered?.value ?? "", placeholder: element.placeholder?.text ?? "", autocomplete: "off",
    rows: element.multiline ? 3 : undefined, onchange: () => host.changed(),
  });
  if (element.max_length) input.maxLength = element.max_length;
  return { node: input, focus: input, value: () => input.value === "" ? null : input.value };
}

function staticSelect(element, entered, describe, host) {
  const select = el("select", { ...describe, onchange: () => host.changed() });
  if (!element.initial_option) select.append(el("option", { value: "" }, element.placeholder?.text ?? "Choose…"));
  element.options.forEach(o => select.append(el("option", { value: o.value }, o.description ? `${o.text.text} – ${o.description.text}` : o.text.text)));
  select.value = entered?.selected_option?.value ?? "";
  return { node: select, focus: select, value: () => element.options.find(o => o.value === select.value) ?? null };
}

function usersSelect(element, entered, describe, host) {
  const select = el("select", { ...describe, onchange: () => host.changed() }, el("option", { value: "" }, element.placeholder?.text ?? "Choose somebody…"));
  host.people().forEach(p => select.append(el("option", { value: p.id }, p.name)));
  select.value = entered?.selected_user ?? "";
  return { node: select, focus: select, value: () => select.value || null };
}

function choices(element, entered, describe, host, type) {
  const picked = type === "radio" ? [entered?.selected_option?.value] : (entered?.selected_options ?? []).map(o => o.value);
  const name = `choice-${++number}`;
  const inputs = element.options.map(o => el("input", { type, name, value: o.value, checked: picked.includes(o.value), onchange: () => host.changed() }));
  const node = el("div", { ...describe, class: "choices", role: type === "radio" ? "radiogroup" : "group" }, element.options.map((o, i) =>
    el("label", {}, inputs[i], el("span", {}, o.text.text, o.description ? el("small", {}, o.description.text) : null))));
  const chosen = () => element.options.filter((_, i) => inputs[i].checked);
  return { node, focus: inputs[0], value: () => type === "radio" ? chosen()[0] ?? null : chosen() };
}

function native(element, initial, describe, host, type, read) {
  const input = el("input", { ...describe, type, value: initial ?? "", onchange: () => host.changed() });
  return { node: input, focus: input, value: () => input.value ? read(input.value) : null };
}

/** A combobox that asks the app as people type. */
function externalSelect(element, entered, describe, host) {
  const least = element.min_query_length ?? 3;
  const list = el("ul", { class: "options", role: "listbox", id: `options-${++number}`, hidden: true, "aria-label": "Found" });
  const input = el("input", {
    ...describe, type: "text", role: "combobox", autocomplete: "off", spellcheck: false, placeholder: element.placeholder?.text ?? "Type to search…",
    "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  const status = el("p", { class: "status", role: "status" });
  const clear = el("button", { type: "button", class: "icon clear", "aria-label": "Clear", hidden: true, onclick: () => { pick(null); input.focus(); } }, "×");
  const node = el("div", { class: "combo" }, input, clear, list, status);
  let picked = entered?.selected_option ?? null, options = [], active = -1, asked = 0, timer = 0;
  show();

  function show() {
    input.value = picked ? picked.text.text : "";
    clear.hidden = !picked;
    node.classList.toggle("picked", Boolean(picked));
  }

  function pick(option) {
    picked = option;
    close();
    show();
    host.changed();
  }

  function close() {
    list.hidden = true;
    active = -1;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function draw() {
    list.replaceChildren(...options.map((o, i) => el("li", {
      role: "option", id: `${list.id}-${i}`, "aria-selected": String(i === active),
      onmousedown: e => { e.preventDefault(); pick(toOption(o)); },
    }, el("span", {}, o.text), o.description ? el("small", {}, o.description) : null)));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  async function ask() {
    const query = input.value.trim(), mine = ++asked;
    options = [];
    active = -1;
    if (query.length < least) {
      draw();
      status.textContent = query.length ? `Type at least ${least} characters` : "";
      return;
    }
    status.textContent = "Searching…";
    const answer = await host.search(query);
    if (mine !== asked) return;
    options = answer.options ?? [];
    status.textContent = answer.trouble ? "The options could not be loaded." : options.length ? `${options.length} found` : "Nothing found";
    if (options.length) active = 0;
    draw();
  }

  input.addEventListener("input", () => {
    picked = null;
    clear.hidden = true;
    node.classList.remove("picked");
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("focus", () => { if (!picked && (input.value || least === 0)) ask(); });
  input.addEventListener("blur", () => { close(); if (!picked) input.value = ""; });
  input.addEventListener("keydown", e => {
    if (e.key === "Escape" && !list.hidden) {
      e.preventDefault();
      e.stopPropagation();
      close();
    } else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (!options.length) return;
      e.preventDefault();
      active = (active + (e.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      draw();
    } else if (e.key === "Enter") {
      e.preventDefault();
      if (active >= 0 && !list.hidden) pick(toOption(options[active]));
    }
  });
  return { node, focus: input, value: () => picked };
}

const toOption = o => ({
  text: { type: "plain_text", text: o.text, emoji: true }, value: o.value,
  ...(o.description ? { description: { type: "plain_text", text: o.description, emoji: true } } : {}),
});
