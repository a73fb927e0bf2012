import { appMark, avatar, el, keyed } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { composer } from "./composer.js";
import { drawMessages } from "./messages.js";
import { confirmation, showModal } from "./modal.js";

const $ = id => document.getElementById(id);
let state = null, person = sessionStorage.getItem("person"), tab = "messages", thread = null, drawnFor = null;
const places = JSON.parse(sessionStorage.getItem("places") ?? "{}"); // person → channel
const read = JSON.parse(sessionStorage.getItem("read") ?? "{}"); // "person channel" → ts

const names = { user: id => state.users[id]?.name, channel: id => state.channels.find(c => c.id === id)?.name };
const host = {
  names, post, redraw: () => draw(), confirm: confirmation, people: () => state.people,
  openThread: (channel, ts) => { thread = { channel, ts }; draw(); $("thread-text")?.focus(); },
};

async function post(path, body) {
  try {
    const response = await fetch(`/ui/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ person, ...body }) });
    const answer = response.status === 204 ? {} : response.ok ? await response.json() : { trouble: "dispatch_failed" };
    await refresh();
    return answer;
  } catch {
    return { trouble: "dispatch_failed" };
  }
}

let refreshing = null, again = false;
/** Fetches and draws; calls that come meanwhile are answered by one more. */
function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = (async () => {
    do {
      again = false;
      const asked = person;
      let response = await fetch(`/ui/state${asked ? `?person=${encodeURIComponent(asked)}` : ""}`);
      if (response.status === 404) response = await fetch("/ui/state"); // another workspace than the one this tab knew
      if (asked !== person) { again = true; continue; }
      state = await response.json();
      person = state.me;
      draw();
    } while (again);
  })().finally(() => { refreshing = null; });
  return refreshing;
}

function become(id) {
  person = id;
  thread = null;
  tab = "messages";
  sessionStorage.setItem("person", id);
  return refresh();
}

const channelOf = id => state.channels.find(c => c.id === id);
const current = () => channelOf(places[person]) ?? state.channels.find(c => c.direct);

function go(channel) {
  places[person] = channel;
  sessionStorage.setItem("places", JSON.stringify(places));
  thread = null;
  tab = "messages";
  menu(false);
  draw();
}

function menu(open) {
  $("app").classList.toggle("open", open);
  $("menu").setAttribute("aria-expanded", String(open));
}

const roots = channel => state.messages.filter(m => m.channel === channel && !m.reply);

function draw() {
  const channel = current();
  const last = state.messages.filter(m => m.channel === channel.id).at(-1);
  if (last && tab === "messages" && document.visibilityState === "visible") {
    read[`${person} ${channel.id}`] = last.ts;
    sessionStorage.setItem("read", JSON.stringify(read));
  }
  drawPeople();
  drawRail(channel);
  drawMain(channel);
  drawThread();
  showModal(state.modal, host);
  document.title = `${channel.direct ? "ChatGovernance" : `#${channel.name}`} – ${state.team} sandbox`;
}

function drawPeople() {
  keyed($("people"), state.people.map(p => {
    const unread = p.inbox.filter(ts => ts > (read[`${p.id} ${p.direct}`] ?? "")).length;
    const me = p.id === person;
    return {
      key: p.id, version: `${me} ${unread}`,
      make: () => el("button", { type: "button", class: "person", "aria-pressed": String(me), title: `Be ${p.name}`, onclick: () => become(p.id) },
        avatar(p.id, p.name), el("span", { class: "label" }, p.name.split(" ")[0]),
        unread && !me ? el("span", { class: "count", "aria-label": `${unread} unread` }, String(unread)) : null),
    };
  }));
}

function drawRail(here) {
  const entry = c => {
    const unread = state.messages.filter(m => m.channel === c.id && m.user !== person && m.ts > (read[`${person} ${c.id}`] ?? "")).length;
    const on = c.id === here.id;
    return {
      key: c.id, version: `${on} ${unread} ${c.archived}`,
      make: () => el("li", {}, el("button", { type: "button", class: `place${unread && !on ? " unread" : ""}`, "aria-current": on ? "page" : undefined, onclick: () => go(c.id) },
        c.direct ? appMark() : el("span", { class: "sigil", "aria-hidden": "true" }, c.private ? "🔒" : "#"),
        el("span", {}, c.direct ? "ChatGovernance" : c.name),
        unread && !on ? el("span", { class: "count", "aria-label": `${unread} unread` }, String(unread)) : null)),
    };
  };
  const rail = $("rail");
  if (!rail.firstChild) {
    rail.append(
      el("p", { class: "team" }, state.team, el("small", {}, "sandbox")),
      el("h2", {}, "Channels"), el("ul", { id: "channels" }), el("h2", {}, "Apps"), el("ul", { id: "apps" }),
      el("p", { class: "tip" }, "Type ", el("code", {}, "/request-access"), " in any channel. Switch between people at the edge."));
  }
  keyed($("channels"), state.channels.filter(c => !c.direct).map(entry));
  keyed($("apps"), state.channels.filter(c => c.direct).map(entry));
}

function drawMain(channel) {
  $("title").textContent = channel.direct ? "ChatGovernance" : `# ${channel.name}`;
  const me = state.people.find(p => p.id === person);
  $("topic").textContent = `You are ${me.name}`;
  $("tabs").hidden = !channel.direct;
  for (const name of ["messages", "home"]) $(`tab-${name}`).setAttribute("aria-selected", String(tab === name));
  const home = channel.direct && tab === "home";
  $("stage").hidden = home;
  $("home").hidden = !home;
  $("composer").hidden = home;
  if (home) drawHome();

  const stage = $("stage"), key = `${person} ${channel.id}`, moved = drawnFor !== key;
  const low = stage.scrollHeight - stage.scrollTop - stage.clientHeight < 80;
  const all = roots(channel.id);
  drawMessages($("messages"), all, state, host, { threads: true });
  if (!all.length) keyed($("messages"), [{ key: `empty ${key}`, version: "", make: () => empty(channel) }]);
  if (moved || low) stage.scrollTop = stage.scrollHeight;
  if (moved) {
    $("composer").replaceChildren(composer("composer-text", {
      label: channel.direct ? "Message ChatGovernance, or type / for commands" : `Message #${channel.name}, or type / for commands`,
      commands: state.commands, send: text => post("say", { channel: channel.id, text }),
    }));
    drawnFor = key;
  }
}

const empty = channel => el("li", { class: "empty" },
  el("h2", {}, channel.direct ? "ChatGovernance" : `#${channel.name}`),
  el("p", {}, channel.direct ? "What the app tells you comes here." : "Nothing was said here yet."),
  el("p", {}, "To ask for access, type ", el("code", {}, "/request-access"), " below."));

function drawHome() {
  const box = $("home"), view = state.home;
  const bound = view && { ...host, act: (block, element, value) => post("act", { view: view.id, block: block.block_id, action: element.action_id, value }), search: async () => ({ options: [] }) };
  keyed(box, [view
    ? { key: view.id, version: view.hash, make: () => el("div", { class: "blocks" }, drawBlocks(view.blocks, bound, view.values)) }
    : { key: "none", version: "", make: () => el("p", { class: "empty" }, "The app has published nothing here yet.") }]);
}

function drawThread() {
  const panel = $("thread");
  const root = thread && state.messages.find(m => m.channel === thread.channel && m.ts === thread.ts);
  panel.hidden = !root;
  $("app").classList.toggle("threaded", Boolean(root));
  if (!root) {
    panel.replaceChildren();
    delete panel.dataset.for;
    return;
  }
  const key = `${person} ${root.channel} ${root.ts}`;
  if (panel.dataset.for !== key) {
    panel.dataset.for = key;
    panel.replaceChildren(
      el("header", { class: "bar" }, el("div", { class: "heading" }, el("h2", {}, "Thread"), el("p", {}, channelOf(root.channel).direct ? "ChatGovernance" : `#${channelOf(root.channel).name}`)),
        el("button", { type: "button", class: "icon", "aria-label": "Close thread", onclick: () => { thread = null; draw(); $("composer-text").focus(); } }, "×")),
      el("div", { class: "stage" }, el("ol", { class: "messages", role: "log", "aria-label": "Thread" })),
      composer("thread-text", { label: "Reply…", commands: [], send: text => post("say", { channel: root.channel, text, thread: root.ts }) }));
  }
  const stage = panel.querySelector(".stage"), low = stage.scrollHeight - stage.scrollTop - stage.clientHeight < 80;
  drawMessages(panel.querySelector("ol"), state.messages.filter(m => m.channel === root.channel && (m.ts === root.ts || m.thread === root.ts)), state, host, { threads: false });
  if (low) stage.scrollTop = stage.scrollHeight;
}

$("menu").addEventListener("click", () => menu(!$("app").classList.contains("open")));
$("tab-messages").addEventListener("click", () => { tab = "messages"; draw(); });
$("tab-home").addEventListener("click", () => { tab = "home"; draw(); post("home", {}); });
$("tabs").addEventListener("keydown", e => {
  if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
  const other = tab === "home" ? $("tab-messages") : $("tab-home");
  other.focus();
  other.click();
});
$("main").addEventListener("click", e => { if ($("app").classList.contains("open") && !e.target.closest("#menu")) menu(false); });
document.addEventListener("keydown", e => {
  if (e.key === "Escape" && thread && !document.querySelector("dialog[open]")) { thread = null; draw(); }
});
document.addEventListener("visibilitychange", () => { if (state) draw(); });

const changes = new EventSource("/ui/changes");
changes.onmessage = () => refresh().catch(() => {});
changes.onopen = () => { $("offline").hidden = true; };
changes.onerror = () => { $("offline").hidden = false; };
