import { el } from "./dom.js";
import { field } from "./fields.js";
import { textObject } from "./mrkdwn.js";

/**
 * Draws blocks. `host` has: names, people(), act(block, element, value) → {trouble}, search(blockId, query), confirm(object).
 * `values` is view.state.values; `fields`, when given, collects the inputs by block id.
 */
export function drawBlocks(blocks, host, values = {}, fields = null) {
  return blocks.map(block => draw(block, host, values[block.block_id] ?? {}, fields));
}

function draw(block, host, entered, fields) {
  switch (block.type) {
    case "header": return el("h3", { class: "b-header" }, ...textObject(block.text, host.names));
    case "divider": return el("hr");
    case "section": return section(block, host, entered, fields);
    case "context": return el("div", { class: "b-context" }, block.elements.map(e => e.type === "image" ? image(e) : el("span", {}, ...textObject(e, host.names))));
    case "image": return el("figure", { class: "b-image" }, block.title ? el("figcaption", {}, block.title.text) : null, image(block));
    case "actions": return el("div", { class: "b-actions" }, block.elements.map(e => control(block, e, host, entered, fields)), trouble());
    case "input": return input(block, host, entered, fields);
    default: return el("p", { class: "hint" }, `(${block.type})`);
  }
}

const image = i => el("img", { src: i.image_url, alt: i.alt_text });
const trouble = () => el("p", { class: "trouble", role: "alert", hidden: true });

function section(block, host, entered, fields) {
  return el("div", { class: "b-section" },
    el("div", { class: "said" },
      block.text ? el("p", {}, ...textObject(block.text, host.names)) : null,
      block.fields ? el("div", { class: "b-fields" }, block.fields.map(f => el("p", {}, ...textObject(f, host.names)))) : null),
    block.accessory ? el("div", { class: "b-accessory" }, block.accessory.type === "image" ? image(block.accessory) : control(block, block.accessory, host, entered, fields), trouble()) : null);
}

/** An element outside of an input: using it tells the app at once. */
function control(block, element, host, entered, fields) {
  if (element.type === "button") return button(block, element, host);
  if (element.type === "overflow") return overflow(block, element, host);
  const label = element.placeholder?.text ?? "Choose";
  const made = field(element, entered[element.action_id], { "aria-label": label }, {
    people: host.people, search: query => host.search(block.block_id, query),
    changed: () => told(made.node, () => host.act(block, element, made.value())),
  });
  fields?.set(block.block_id, { ...made, actionId: element.action_id });
  return made.node;
}

function button(block, element, host) {
  const node = el("button", {
    type: "button", class: `button ${element.style ?? ""}`, "aria-label": element.accessibility_label,
    onclick: async () => {
      if (element.confirm && !await host.confirm(element.confirm)) return;
      if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener");
      await told(node, () => host.act(block, element, null));
    },
  }, ...textObject(element.text, host.names));
  return node;
}

function overflow(block, element, host) {
  const select = el("select", {
    class: "overflow", "aria-label": "More", onchange: () => {
      const option = element.options.find(o => o.value === select.value);
      select.value = "";
      told(select, () => host.act(block, element, option));
    },
  }, el("option", { value: "" }, "More…"), element.options.map(o => el("option", { value: o.value }, o.text.text)));
  return select;
}

/** Shows that the app is being told, and a warning beside the element when that did not work. */
async function told(node, tell) {
  const warning = node.closest(".b-actions, .b-accessory, .b-input")?.querySelector(".trouble");
  if (warning) warning.hidden = true;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  const answer = await tell();
  node.classList.remove("busy");
  node.removeAttribute("aria-busy");
  if (!answer?.trouble || !warning) return;
  warning.textContent = answer.trouble === "operation_timeout" ? "⚠ The app did not answer in time." : answer.trouble === "gone" ? "⚠ This is no longer there." : "⚠ The app could not be reached.";
  warning.hidden = false;
}

function input(block, host, entered, fields) {
  const id = `field-${block.block_id}`;
  const error = el("p", { class: "error", id: `${id}-error`, hidden: true });
  const hint = block.hint ? el("p", { class: "hint", id: `${id}-hint` }, block.hint.text) : null;
  const group = ["radio_buttons", "checkboxes"].includes(block.element.type);
  const describe = { id, "aria-describedby": `${id}-error${hint ? ` ${id}-hint` : ""}`, "aria-required": block.optional ? undefined : "true", ...(group ? { "aria-labelledby": `${id}-label` } : {}) };
  const made = field(block.element, entered[block.element.action_id], describe, {
    people: host.people, search: query => host.search(block.block_id, query),
    changed: () => { show(null); if (block.dispatch_action) told(made.node, () => host.act(block, block.element, made.value())); },
  });
  function show(message) {
    error.textContent = message ?? "";
    error.hidden = !message;
    if (message) made.focus?.setAttribute("aria-invalid", "true");
    else made.focus?.removeAttribute("aria-invalid");
  }
  fields?.set(block.block_id, { ...made, actionId: block.element.action_id, show });
  return el("div", { class: "b-input" },
    el("label", { for: group ? undefined : id, id: `${id}-label` }, block.label.text, block.optional ? el("small", {}, " (optional)") : null),
    made.node, hint, error, trouble());
}
