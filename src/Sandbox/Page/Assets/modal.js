import { appMark, el } from "./dom.js";
import { drawBlocks } from "./blocks.js";

const dialog = document.getElementById("modal");
const question = document.getElementById("confirm");
let shown = null, fields = new Map();

/** Shows this modal, or none. New content of the same view takes over what was entered meanwhile. */
export function showModal(view, host) {
  if (!view) {
    shown = null;
    if (dialog.open) dialog.close();
    return;
  }
  if (shown?.id === view.id && shown.hash === view.hash) return;
  const same = shown?.id === view.id;
  const entered = structuredClone(view.values);
  if (same) for (const [block, f] of fields) keep(entered, block, f);
  const focused = same ? dialog.querySelector(":focus")?.id : null;
  shown = view;
  draw(view, entered, host);
  if (!dialog.open) dialog.showModal();
  const next = (focused && document.getElementById(focused)) || dialog.querySelector(".content input, .content select, .content textarea") || dialog.querySelector(".submit, .dismiss");
  next?.focus();
}

/** What is in a field now, where the app has not just set something else there. */
function keep(entered, block, f) {
  const place = entered[block]?.[f.actionId];
  if (!place) return;
  const member = Object.keys(place).find(k => k !== "type") ?? "value";
  const now = f.value();
  if (now !== null) place[member] = now;
}

function draw(view, entered, host) {
  fields = new Map();
  const trouble = el("p", { class: "trouble", role: "alert", hidden: true });
  const bound = {
    ...host,
    search: (blockId, query) => host.post("search", { view: view.id, block: blockId, query }),
    act: (block, element, value) => host.post("act", { view: view.id, block: block.block_id, action: element.action_id, value, values: values() }),
  };
  const submit = view.submit ? el("button", { type: "submit", class: "button primary submit" }, view.submit.text) : null;
  const form = el("form", {
    noValidate: true, onsubmit: e => {
      e.preventDefault();
      send(view, host, submit, trouble);
    },
  },
    el("header", {},
      appMark(),
      el("h2", { id: "modal-title" }, view.title.text),
      el("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => close(true) }, "×")),
    el("div", { class: "content" }, drawBlocks(view.blocks, bound, entered, fields)),
    trouble,
    el("footer", {}, el("button", { type: "button", class: "button dismiss", onclick: () => close(false) }, view.close?.text ?? (view.depth > 1 ? "Back" : "Close")), submit));
  dialog.replaceChildren(form);
  dialog.oncancel = e => {
    e.preventDefault();
    close(true);
  };

  // The last one is gone at once: what is typed next goes to the field below it.
  function close(all) {
    if (all || view.depth === 1) dialog.close();
    host.post("close", { view: view.id, all });
  }
}

function values() {
  return Object.fromEntries([...fields].map(([block, f]) => [block, f.value()]));
}

async function send(view, host, submit, trouble) {
  trouble.hidden = true;
  for (const f of fields.values()) f.show?.(null);
  submit.disabled = true;
  submit.classList.add("busy");
  const answer = await host.post("submit", { view: view.id, values: values() });
  submit.disabled = false;
  submit.classList.remove("busy");
  const wrong = Object.entries(answer.errors ?? {});
  for (const [block, message] of wrong) fields.get(block)?.show?.(message);
  if (wrong.length) fields.get(wrong[0][0])?.focus?.focus();
  if (answer.trouble) {
    trouble.textContent = "We had some trouble connecting. Try again?";
    trouble.hidden = false;
  }
}

/** Asks what a confirmation object asks; resolves to whether it was confirmed. */
export function confirmation(object) {
  return new Promise(resolve => {
    const done = answer => { question.close(); resolve(answer); };
    question.replaceChildren(el("form", { method: "dialog", onsubmit: e => { e.preventDefault(); done(true); } },
      el("header", {}, el("h2", { id: "confirm-title" }, object.title.text)),
      el("div", { class: "content" }, el("p", {}, object.text.text)),
      el("footer", {},
        el("button", { type: "button", class: "button", onclick: () => done(false) }, object.deny.text),
        el("button", { type: "submit", class: `button ${object.style ?? "primary"}` }, object.confirm.text))));
    question.oncancel = () => resolve(false);
    question.showModal();
  });
}
