// Search in the reader's own browser: the index lies beside this file, cut into bundles, and
// Pagefind reads as little of it as it can. Nothing is sent anywhere, nothing kept.
const PAGE = 10;

const box = document.getElementById("search");
const form = box.querySelector("form");
const status = box.querySelector("[role=status]");
const list = box.querySelector("ol");
const more = box.querySelector(".more");
const field = form.elements.q;

const bundles = await fetch(new URL("bundles.json", import.meta.url))
  .then((answer) => (answer.ok ? answer.json() : []))
  .catch(() => []);
let waking; // the promise of Pagefind with all bundles
let rest = []; // found, and not shown yet
let turn = 0; // which search is the latest

function pathOf(bundle) {
  return new URL(bundle.folder, import.meta.url).pathname;
}

// Servers may forbid WebAssembly (no 'wasm-unsafe-eval'): asked with the smallest program.
function canRun() {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

async function wake() {
  const [first, ...others] = bundles;
  const options = ({ tag, weight }) => ({ baseUrl: box.dataset.base, metaCacheTag: tag, indexWeight: weight });
  const { createInstance } = await import(`${pathOf(first)}pagefind.js`);
  const pagefind = createInstance({ ...options(first), basePath: pathOf(first), noWorker: true });
  await pagefind.filters(); // tells of a bad start, which mergeIndex would wait out for ever
  await Promise.all(others.map((other) => pagefind.mergeIndex(pathOf(other), options(other))));
  return pagefind;
}

function item({ url, meta, excerpt }) {
  const made = box.querySelector("template").content.cloneNode(true);
  const link = made.querySelector("a");
  link.href = url;
  link.textContent = meta.title;
  if (meta.lang) link.lang = meta.lang;
  made.querySelector(".date").textContent = meta.date || "";
  made.querySelector(".kind").textContent = meta.kind || "";
  excerpt.split(/<\/?mark>/).forEach((part, number) => {
    const piece = document.createElement(number % 2 ? "mark" : "span");
    piece.textContent = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    made.querySelector(".excerpt").append(piece);
  });
  return made;
}

async function showMore() {
  const asked = turn;
  const found = await Promise.all(rest.slice(0, PAGE).map((one) => one.data()));
  if (asked !== turn) return;
  rest = rest.slice(PAGE);
  list.append(...found.map(item));
  list.hidden = !list.children.length;
  more.hidden = rest.length === 0;
}

function say(kind, words, count) {
  const filled = { words, count };
  status.textContent = box.dataset[kind].replace(/{(\w+)}/g, (_, name) => filled[name]);
}

async function search(words) {
  const asked = ++turn;
  field.value = words;
  list.replaceChildren();
  list.hidden = more.hidden = true;
  status.textContent = "";
  if (!words) return;
  say("searching");
  try {
    const { results } = await (await (waking ??= wake())).search(words);
    if (asked !== turn) return;
    rest = results;
    say(["none", "one"][results.length] ?? "many", words, results.length);
    await showMore();
  } catch {
    waking = undefined; // next time anew
    say("failed");
  }
}

function wordsAsked() {
  return (new URLSearchParams(location.search).get("q") ?? "").trim();
}

if (bundles.length) {
  box.hidden = false;
  form.hidden = !canRun();
  if (form.hidden) {
    say("failed");
  } else {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = field.value.trim();
      if (words !== wordsAsked()) {
        history.pushState(null, "", words ? `?${new URLSearchParams({ q: words })}` : location.pathname);
      }
      search(words);
    });
    more.querySelector("button").addEventListener("click", async () => {
      const next = list.children.length;
      await showMore().catch(() => say("failed"));
      list.children[next]?.querySelector("a").focus();
    });
    addEventListener("popstate", () => search(wordsAsked()));
    search(wordsAsked());
  }
}
