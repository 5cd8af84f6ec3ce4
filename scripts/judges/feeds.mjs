// node feeds.mjs TOOLBOX FILE…: what feedsmith has against each feed, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [toolbox, ...files] = process.argv.slice(2);
const here = createRequire(`${toolbox}/package.json`);
const { parseAtomFeed, parseJsonFeed, parseRssFeed } = await import(
  pathToFileURL(here.resolve("feedsmith"))
);

function* faults(text) {
  const isJson = text.trimStart().startsWith("{");
  const isAtom = /<feed[ >]/.test(text.slice(0, 2000));
  const feed = isJson ? parseJsonFeed(JSON.parse(text)) : isAtom ? parseAtomFeed(text) : parseRssFeed(text);
  if (!feed.title) yield "the feed has no title";
  for (const item of feed.items ?? feed.entries ?? []) {
    const id = item.id ?? item.guid?.value;
    const when = item.date_published ?? item.published ?? item.pubDate;
    const text = item.content_html ?? item.content?.encoded ?? item.content ?? item.description;
    if (!id) yield `an item has no id: ${item.title}`;
    if (!text) yield `an item has no text: ${item.title}`;
    if (!when || Number.isNaN(Date.parse(when))) yield `an item has no time: ${item.title}, ${when}`;
  }
}

const found = [];
for (const file of files) {
  try {
    for (const fault of faults(readFileSync(file, "utf8"))) found.push({ file, fault });
  } catch (error) {
    found.push({ file, fault: String(error) });
  }
}
console.log(JSON.stringify(found));
