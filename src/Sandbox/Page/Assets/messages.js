import { appMark, avatar, el, keyed } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { clock, mrkdwn, relative } from "./mrkdwn.js";

const hidden = new Set(); // ephemeral messages that were dismissed in this tab
const moment = ts => new Date(Number(ts) * 1000);

/** Draws messages into a list: days apart, and consecutive ones by the same author together. */
export function drawMessages(list, messages, state, host, { threads }) {
  const items = [];
  let day = null, before = null;
  for (const m of messages) {
    if (hidden.has(m.ts)) continue;
    const at = moment(m.ts), today = at.toDateString();
    if (today !== day) {
      items.push({ key: `day ${today}`, version: relative(at) ?? "", make: () => el("li", { class: "day" }, el("span", {}, dayName(at))) });
      day = today;
      before = null;
    }
    const follows = Boolean(before && before.user === m.user && !m.ephemeral && !before.ephemeral && at - moment(before.ts) < 300000 && !before.replies);
    const replies = threads ? state.messages.filter(r => r.reply && r.thread === m.ts && r.channel === m.channel && !r.ephemeral) : [];
    items.push({
      key: `${m.channel} ${m.ts} ${m.ephemeral}`,
      version: `${m.edited} ${m.gone} ${follows} ${replies.length} ${replies.at(-1)?.ts} ${state.me}`,
      make: () => message(m, follows, replies, state, host, threads),
    });
    before = { ...m, replies: replies.length };
  }
  keyed(list, items);
}

function dayName(at) {
  const near = relative(at);
  return near ? near[0].toUpperCase() + near.slice(1) : at.toLocaleDateString("en", { weekday: "long", month: "long", day: "numeric" });
}

function message(m, follows, replies, state, host, threads) {
  const author = state.users[m.user]?.name ?? m.user;
  const app = Boolean(state.users[m.user]?.bot);
  const at = moment(m.ts);
  const time = el("time", { dateTime: at.toISOString(), title: at.toLocaleString() }, clock(at));
  const bound = { ...host, act: (block, element, value) => host.post("act", { channel: m.channel, ts: m.ts, block: block.block_id, action: element.action_id, value }), search: async () => ({ options: [], trouble: "unsupported" }) };
  const body = m.gone ? el("p", { class: "gone" }, "This message was deleted.")
    : m.blocks.length ? el("div", { class: "blocks" }, drawBlocks(m.blocks, bound))
      : el("p", { class: "text" }, ...mrkdwn(m.text, host.names));
  return el("li", { class: `message${follows ? " follows" : ""}${m.ephemeral ? " ephemeral" : ""}` },
    follows ? el("span", { class: "gutter" }, time) : app ? appMark() : avatar(m.user, author),
    el("article", { "aria-label": `${author}, ${clock(at)}` },
      m.ephemeral ? el("p", { class: "only" }, "Only visible to you ", el("button", { type: "button", class: "link", onclick: () => { hidden.add(m.ts); host.redraw(); } }, "Dismiss")) : null,
      follows ? null : el("p", { class: "by" }, el("strong", {}, author), app ? el("span", { class: "badge" }, "APP") : null, time),
      body,
      m.edited && !m.gone ? el("small", { class: "edited" }, "(edited)") : null,
      threads && (replies.length || !m.ephemeral) ? threadButton(m, replies, host) : null));
}

function threadButton(m, replies, host) {
  if (!replies.length) return el("button", { type: "button", class: "reply", onclick: () => host.openThread(m.channel, m.ts) }, "Reply in thread");
  return el("button", { type: "button", class: "replies", onclick: () => host.openThread(m.channel, m.ts) },
    el("strong", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`), ` Last at ${clock(moment(replies.at(-1).ts))}`);
}
