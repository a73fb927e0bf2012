import { el } from "./dom.js";

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", no_entry: "⛔", no_entry_sign: "🚫", warning: "⚠️", lock: "🔒", unlock: "🔓",
  key: "🔑", hourglass: "⌛", hourglass_flowing_sand: "⏳", bell: "🔔", alarm_clock: "⏰", clock1: "🕐", eyes: "👀", wave: "👋",
  information_source: "ℹ️", rotating_light: "🚨", tada: "🎉", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", link: "🔗",
  shield: "🛡️", bust_in_silhouette: "👤", busts_in_silhouette: "👥", mag: "🔍", memo: "📝", calendar: "📅", question: "❓",
  large_green_circle: "🟢", red_circle: "🔴", large_yellow_circle: "🟡", large_orange_circle: "🟠", ticket: "🎫", snowflake: "❄️", fire: "🔥",
};

const emoji = text => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);
const decode = text => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/** A text object of Block Kit as nodes. */
export function textObject(object, names) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : [emoji(object.text)];
}

/** Slack's own markup (https://docs.slack.dev/messaging/formatting-message-text) as nodes. */
export function mrkdwn(source, names) {
  const nodes = [];
  const parts = source.split(/```([\s\S]*?)```/);
  parts.forEach((part, i) => {
    if (i % 2) nodes.push(el("pre", {}, decode(part.replace(/^\n|\n$/g, ""))));
    else nodes.push(...quoted(part, names));
  });
  return nodes;
}

function quoted(text, names) {
  const nodes = [];
  let quote = null;
  text.split("\n").forEach((line, i) => {
    const said = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (said) {
      if (!quote) nodes.push(quote = el("blockquote"));
      else quote.append("\n");
      quote.append(...inline(said[1], names));
      return;
    }
    if (i > 0 && !quote) nodes.push("\n");
    quote = null;
    nodes.push(...inline(line, names));
  });
  return nodes;
}

const INLINE = /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_(?!\s)([^_\n]+?)(?<!\s)_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])~(?!\s)([^~\n]+?)(?<!\s)~(?![\p{L}\p{N}])/gu;

function inline(text, names) {
  const nodes = [];
  let at = 0;
  for (const m of text.matchAll(INLINE)) {
    if (m.index > at) nodes.push(emoji(decode(text.slice(at, m.index))));
    at = m.index + m[0].length;
    if (m[1] !== undefined) nodes.push(el("code", {}, decode(m[1])));
    else if (m[2] !== undefined) nodes.push(reference(m[2], names));
    else if (m[3] !== undefined) nodes.push(el("strong", {}, ...inline(m[3], names)));
    else if (m[4] !== undefined) nodes.push(el("em", {}, ...inline(m[4], names)));
    else nodes.push(el("s", {}, ...inline(m[5], names)));
  }
  if (at < text.length) nodes.push(emoji(decode(text.slice(at))));
  return nodes;
}

function reference(body, names) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : decode(body.slice(bar + 1));
  if (target.startsWith("@")) return el("span", { class: "mention" }, `@${names.user(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${names.channel(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return el("span", { class: "mention loud" }, `@${label ?? target.slice(1).split("^")[0]}`);
  const url = decode(target);
  if (!/^(https?|mailto):/i.test(url)) return decode(`<${body}>`);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label ?? url);
}

/** `<!date^seconds^format^link|fallback>` in the reader's own time zone. */
function date(target, fallback) {
  const [, seconds, format = "{date_short_pretty} {time}", link] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback ?? target;
  const text = format.replace(/\{(\w+)\}/g, (all, name) => token(name, moment) ?? all);
  const time = el("time", { dateTime: moment.toISOString(), title: moment.toLocaleString() }, text);
  return link && /^https?:/i.test(link) ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, time) : time;
}

function token(name, moment) {
  const day = options => moment.toLocaleDateString("en", options);
  const pretty = otherwise => relative(moment) ?? otherwise;
  const medium = day({ month: "long", day: "numeric", year: "numeric" });
  const short = day({ month: "short", day: "numeric", year: "numeric" });
  const long = day({ weekday: "long", month: "long", day: "numeric", year: "numeric" });
  switch (name) {
    case "date_num": return `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, "0")}-${String(moment.getDate()).padStart(2, "0")}`;
    case "date": return medium;
    case "date_short": return short;
    case "date_long": return long;
    case "date_pretty": return pretty(medium);
    case "date_short_pretty": return pretty(short);
    case "date_long_pretty": return pretty(long);
    case "time": return clock(moment);
    case "time_secs": return moment.toLocaleTimeString("en-GB");
    case "ago": return ago(moment);
    default: return null;
  }
}

export const clock = moment => moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export function relative(moment) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Math.floor((moment - midnight) / 86400000);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

function ago(moment) {
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const seconds = (moment - Date.now()) / 1000;
  for (const [unit, length] of [["day", 86400], ["hour", 3600], ["minute", 60]])
    if (Math.abs(seconds) >= length) return format.format(Math.round(seconds / length), unit);
  return format.format(Math.round(seconds), "second");
}
