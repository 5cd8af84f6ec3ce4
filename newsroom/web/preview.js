// The preview's own script, added to pages on their way to the browser: it shows what the newest
// save has made of the page, what is to be mended, and above a title why readers do not see it yet.
(() => {
  "use strict";

  const { version, stopped, lang } = document.currentScript.dataset;
  const patience = 1500; // milliseconds without an answer before somebody is told
  const pause = 300; // and between two tries
  let source = null;
  let silence = null; // a timer, while nobody answers
  let isLost = false;
  let notice = null;

  // In a root of its own the site's style does not reach the bar, nor the bar's the site.
  const place = document.createElement("div");
  const root = place.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  const bar = document.createElement("div");
  place.id = "newsroom-preview";
  place.lang = lang;
  sheet.rel = "stylesheet";
  sheet.href = "/-/preview.css";
  sheet.addEventListener("load", show);
  bar.setAttribute("role", "status");
  bar.hidden = true;
  root.append(sheet, bar);
  document.body.prepend(place);

  function element(name, ...content) {
    const made = document.createElement(name);
    made.append(...content);
    return made;
  }

  function show() {
    const said = isLost ? { heading: stopped, items: [], more: "" } : notice;
    bar.hidden = !said || !sheet.sheet;
    bar.replaceChildren();
    if (!said) return;
    bar.append(element("strong", said.heading));
    if (said.items.length) {
      const items = said.items.map((one) =>
        element("li", element("code", one.place), " ", one.text));
      bar.append(element("ul", ...items));
    }
    if (said.more) bar.append(element("p", said.more));
  }

  const look = new CSSStyleSheet();
  look.replaceSync(`.newsroom-label { display: block; width: fit-content; padding: 0 0.5em;
    background: #fff6df; color: #2b1d00; font: 0.8rem/1.6 system-ui, sans-serif; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];

  function label(labels) {
    document.querySelectorAll(".newsroom-label").forEach((old) => old.remove());
    for (const [address, words] of Object.entries(labels)) {
      const [path, anchor] = address.split("#");
      if (path !== location.pathname) continue;
      put(words, anchor ? document.getElementById(anchor) : document.querySelector("main h1"));
    }
    for (const link of document.querySelectorAll("main :is(h2, h3, h4, li) > a[href]")) {
      const words = labels[link.pathname + link.hash];
      if (words) put(words, link.closest("h2, h3, h4") ?? link);
    }
  }

  function put(words, place) {
    const shown = element("span", words);
    shown.className = "newsroom-label";
    shown.lang = document.documentElement.lang;
    place?.before(shown);
  }

  function listen() {
    const asked = new URLSearchParams({ page: location.pathname, version });
    source = new EventSource(`/-/events?${asked}`);
    source.addEventListener("open", () => {
      clearTimeout(silence);
      silence = null;
      isLost = false;
      show();
    });
    source.addEventListener("notice", (event) => {
      notice = JSON.parse(event.data);
      show();
    });
    source.addEventListener("labels", (event) => label(JSON.parse(event.data)));
    source.addEventListener("reload", () => {
      rest();
      location.reload();
    });
    source.addEventListener("error", () => {
      rest();
      silence ??= setTimeout(() => {
        isLost = true;
        show();
      }, patience);
      setTimeout(wake, pause);
    });
  }

  function rest() {
    source?.close();
    source = null;
  }

  function wake() {
    if (!source && !document.hidden) listen();
  }

  // A page that nobody looks at lets go of its connection: a browser has six for one address.
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : wake()));
  wake();
})();
