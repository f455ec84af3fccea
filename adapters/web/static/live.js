// Sends forms without leaving the page, and shows what is new. Everything works without it.

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const served = new Map(all(".log > li").map((item) => [item.id, item.outerHTML]));
const POLL_MS = 2000;
const MOMENT_MS = 1000;
const SAYS = { ...document.body.dataset };
let version = document.body.dataset.version;
let busy = false;
let queue = Promise.resolve();
let opener = null;

const announce = (text) => { find("[data-live]").textContent = text; };
const notice = (text) => { find('[data-part="notice"]').textContent = text; };
const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

const here = () => {
  const { channel, pane } = document.body.dataset;
  return `/?channel=${encodeURIComponent(channel)}&pane=${pane}`;
};

function updatePart(fresh) {
  const old = find(`[data-part="${fresh.dataset.part}"]`);
  if (!old || old.innerHTML === fresh.innerHTML || old.contains(document.activeElement)) return;
  old.replaceChildren(...fresh.childNodes);
}

function changed(item, before) {
  const old = before ? all(".section", before).map(words) : [];
  const parts = all(".section", item).map(words).filter((text) => !old.includes(text));
  return (parts.join(" ") || words(item)).slice(0, 300);
}

function focusInside(item, place) {
  const section = all(".section", item)[place.section] ?? item;
  const same = all("button, summary", item).find((button) => words(button) === place.label
    && button.value === place.value);
  const target = same ?? find("button, summary, a", section);
  if (target) return target.focus({ preventScroll: true });
  item.tabIndex = -1;
  return item.focus({ preventScroll: true });
}

function focusPlace(item) {
  const active = document.activeElement;
  if (!item.contains(active)) return null;
  const section = all(".section", item).indexOf(active.closest(".section"));
  return { section, label: words(active), value: active.value };
}

function updateLog(fresh) {
  const log = find(`[data-log="${fresh.dataset.log}"]`);
  const ids = new Set(all(":scope > li", fresh).map((item) => item.id));
  all(":scope > li", log).filter((item) => !ids.has(item.id)).forEach((item) => item.remove());
  const added = [];
  let at = null;
  for (const item of all(":scope > li", fresh)) {
    const html = item.outerHTML;
    const old = document.getElementById(item.id);
    if (!old) {
      if (at) at.after(item); else log.prepend(item);
      added.push(item);
      announce(changed(item));
    } else if (served.get(item.id) !== html) {
      const place = focusPlace(old);
      announce(changed(item, old));
      old.replaceWith(item);
      if (place) focusInside(item, place);
    }
    served.set(item.id, html);
    at = document.getElementById(item.id);
  }
  return added;
}

function showNewest(added, always) {
  const item = added.at(-1);
  const scroll = item?.closest(".scroll");
  if (!scroll || !(always || scroll.scrollTop > -120 - item.offsetHeight)) return;
  if (item.offsetHeight > scroll.clientHeight) item.scrollIntoView({ block: "start" });
  else scroll.scrollTop = 0;
}

function updateForm(fresh) {
  const part = find('[data-part="form"]');
  const opening = fresh.children.length > 0;
  if (opening && !part.children.length) opener = document.activeElement;
  const first = find("[autofocus]", fresh);
  first?.removeAttribute("autofocus");
  part.replaceChildren(...fresh.childNodes);
  find("[data-page]").inert = opening;
  if (opening) first?.focus();
  else if (opener) { (opener.isConnected ? opener : find(".composer textarea")).focus(); opener = null; }
}

function apply(html, { url = "", quiet = false } = {}) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const same = (name) => fresh.body.dataset[name] === document.body.dataset[name];
  if (!same("member") || !same("channel")) return location.assign(url || "/");
  for (const part of all("[data-part]", fresh)) {
    const name = part.dataset.part;
    if (name !== "form" && !(quiet && name === "notice")) updatePart(part);
  }
  if (!quiet) {
    document.body.dataset.pane = fresh.body.dataset.pane;
    const key = find('input[name="key"]', fresh).value;
    all('input[name="key"]').forEach((input) => { input.value = key; });
  }
  all("[data-log]", fresh).forEach((log) => showNewest(updateLog(log), !quiet));
  if (!quiet) updateForm(find('[data-part="form"]', fresh));
  version = fresh.body.dataset.version;
  if (!quiet) history.replaceState(null, "", url.replace(/&notice=\w+/, ""));
  return undefined;
}

async function refresh() {
  const response = await fetch(here());
  if (response.ok) apply(await response.text(), { quiet: true });
}

async function send(form, submitter, text) {
  const data = new FormData(form);
  if (text !== null) data.set("text", text);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  try {
    const body = form.enctype.startsWith("multipart") ? data : new URLSearchParams(data);
    const response = await fetch(form.action, { method: "POST", body });
    const html = await response.text();
    if (response.ok) return { html, url: response.url };
    notice(words(find("main p", new DOMParser().parseFromString(html, "text/html"))));
  } catch {
    notice(SAYS.unsent);
  }
  return null;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  const typed = form.matches(".composer");
  if (busy && !typed) return;
  const text = typed ? take(form) : null;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  submitterMenu(event.submitter)?.removeAttribute("open");
  const mine = queue.then(() => deliver(form, event.submitter, text));
  queue = mine;
  const late = setTimeout(() => notice(SAYS.moment), MOMENT_MS);
  await mine;
  clearTimeout(late);
  if (find('[data-part="notice"]').textContent === SAYS.moment) notice("");
  if (queue !== mine) return; // more was typed meanwhile, and goes out after this
  document.body.removeAttribute("aria-busy");
  busy = false;
});

// A line leaves its box at once, so that the next one can be typed; it comes back if it can't go.
function take(form) {
  const box = find("textarea", form);
  const text = box.value;
  box.value = "";
  form.dispatchEvent(new Event("sent"));
  return text;
}

async function deliver(form, submitter, text) {
  const answer = await send(form, submitter, text);
  if (answer) apply(answer.html, { url: answer.url });
  const box = find("textarea", form);
  const back = text !== null && (!answer || answer.url.includes("notice=long"));
  if (back && !box.value) box.value = text;
}

function submitterMenu(button) {
  const menu = button?.closest("details.menu");
  if (menu) find("summary", menu).focus({ preventScroll: true });
  return menu;
}

async function poll() {
  if (document.hidden || busy) return;
  try {
    const response = await fetch("/version");
    if (response.ok && (await response.text()) !== version && !busy) await refresh();
    if (document.body.dataset.away) notice("");
    delete document.body.dataset.away;
  } catch {
    document.body.dataset.away = "yes";
    notice(SAYS.stopped);
  }
}

function cancelForm() {
  updateForm(document.createElement("div"));
  history.replaceState(null, "", here());
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-tab]");
  const cancel = event.target.closest("[data-cancel]");
  if (tab || cancel) event.preventDefault();
  if (cancel) cancelForm();
  if (tab) {
    document.body.dataset.pane = tab.dataset.tab;
    tab.blur();
    refresh().then(() => find(`[data-tab="${tab.dataset.tab}"]`).focus());
    history.replaceState(null, "", tab.href);
  }
  all("details.menu[open]").filter((menu) => !menu.contains(event.target))
    .forEach((menu) => { menu.open = false; });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = find("details.menu[open]");
    if (menu) { menu.open = false; find("summary", menu).focus(); }
    else if (find("[data-cancel]")) cancelForm();
  }
  const composer = event.target.closest?.(".composer");
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && composer
    && !event.defaultPrevented && event.target.matches("textarea")) {
    event.preventDefault();
    composer.requestSubmit();
  }
});

document.addEventListener("toggle", (event) => {
  if (event.target.open) find(".sheet", event.target)?.scrollIntoView({ block: "nearest" });
}, true);

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
if (zone && !document.cookie.includes(`squeaky_zone=${zone}`)) {
  document.cookie = `squeaky_zone=${zone}; path=/; max-age=31536000; samesite=strict`;
  refresh();
}
setInterval(poll, POLL_MS);
