// Parses, validates and renders cards as a client of Microsoft's does: node check.mjs FILE...
// Writes a line for each thing that is wrong, and ends with 1 when there is one.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!doctype html><body></body>");
// jsdom draws no text; what would be seen is what is there.
Object.defineProperty(dom.window.HTMLElement.prototype, "innerText", {
  get() { return this.textContent; },
  set(text) { this.textContent = text; },
});
globalThis.window = dom.window;
for (const name of Object.getOwnPropertyNames(dom.window)) if (/^(document|Node|HTML\w*Element|Element)$/.test(name)) globalThis[name] = dom.window[name];

// The bundle: its modules leave out the endings that node asks for.
const { AdaptiveCard, SerializationContext, Version, HostConfig } = (await import("adaptivecards/dist/adaptivecards.js")).default;
// Microsoft's renderer leaves Markdown to its host; what matters here is that nobody warns.
AdaptiveCard.onProcessMarkdown = (text, result) => { result.outputHtml = text; result.didProcess = true; };

let wrong = 0;
const tell = (file, what) => { wrong++; console.log(`${file}: ${what}`); };
for (const level of ["warn", "error"]) console[level] = (...words) => tell("console", words.join(" "));

for (const file of process.argv.slice(2)) {
  const json = JSON.parse(readFileSync(file, "utf8"));
  const card = new AdaptiveCard();
  // Teams shows six actions in a row.
  card.hostConfig = new HostConfig({ actions: { maxActions: 6 } });
  const context = new SerializationContext(Version.v1_5);
  card.parse(json, context);
  for (let i = 0; i < context.eventCount; i++) tell(file, context.getEventAt(i).message);
  for (const failure of card.validateProperties().validationEvents) tell(file, failure.message);
  const drawn = card.render();
  if (!drawn || drawn.textContent.length === 0) tell(file, "nothing is drawn");
  // Nothing that was read has got lost on the way.
  for (const text of texts(json)) if (!drawn.textContent.includes(text)) tell(file, `not drawn: ${text}`);
}

process.exit(wrong > 0 ? 1 : 0);

function* texts(element) {
  if (Array.isArray(element)) for (const one of element) yield* texts(one);
  else if (element && typeof element === "object") {
    if (element.type === "TextRun" && !element.text.includes("{{")) yield element.text;
    for (const [name, value] of Object.entries(element)) if (["body", "items", "inlines"].includes(name)) yield* texts(value);
  }
}
