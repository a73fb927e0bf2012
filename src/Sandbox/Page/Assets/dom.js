// Everything that people or the app wrote becomes a text node here; nothing is ever parsed as HTML.

/** Makes an element. `props` are properties, `aria-…`/`data-…`/`role`/`for` attributes, and `on…` listeners. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name.includes("-") || name === "role" || name === "for" || name === "list") node.setAttribute(name, value === true ? "true" : value);
    else node[name] = value;
  }
  node.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false));
  return node;
}

/**
 * Makes the children of `parent` be those of `items`, by key: a child whose key and version are unchanged stays the same
 * node, so focus, selection and half-written text survive.
 */
export function keyed(parent, items) {
  const old = new Map([...parent.children].map(c => [c.dataset.key, c]));
  let after = null;
  for (const { key, version, make } of items) {
    let node = old.get(key);
    if (!node || node.dataset.version !== version) {
      const fresh = make();
      fresh.dataset.key = key;
      fresh.dataset.version = version;
      node?.replaceWith(fresh);
      node = fresh;
    }
    old.delete(key);
    const next = after ? after.nextSibling : parent.firstChild;
    if (next !== node) parent.insertBefore(node, next);
    after = node;
  }
  for (const gone of old.values()) gone.remove();
}

export function initials(name) {
  return name.split(/\s+/).map(w => w[0]).slice(0, 2).join("").toUpperCase();
}

/** A steady colour for an id. */
export function hue(id) {
  let sum = 7;
  for (const c of id) sum = (sum * 31 + c.charCodeAt(0)) % 9973;
  return (sum * 137) % 360; // the golden angle keeps neighbours apart
}

export function avatar(id, name) {
  const node = el("span", { class: "avatar", "aria-hidden": true }, initials(name));
  node.style.setProperty("--hue", hue(id));
  return node;
}

/** The app's own mark. */
export function appMark() {
  const space = "http://www.w3.org/2000/svg";
  const mark = document.createElementNS(space, "svg"), tick = document.createElementNS(space, "path");
  mark.setAttribute("viewBox", "0 0 16 16");
  tick.setAttribute("d", "M3.6 8.5l3 3 5.8-6.6");
  mark.append(tick);
  return el("span", { class: "avatar ours", "aria-hidden": true }, mark);
}
