// Offers ways to go on with a half-typed command, from the same place that Discord asks.

const WAIT_MS = 120;

function combobox(field) {
  const list = document.getElementById(field.dataset.suggest);
  const pane = field.closest("[data-pane]").dataset.pane;
  let active = -1;
  let asked = 0;
  let timer = 0;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  const options = () => [...list.children];

  function close() {
    asked += 1;
    active = -1;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    options().forEach((option, place) => option.setAttribute("aria-selected", place === index));
    const option = options()[index];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", option.id);
  }

  function take(option) {
    field.value = option.dataset.value;
    close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function show(found) {
    const marked = options()[active]?.dataset.value;
    list.replaceChildren(...found.map((each, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.dataset.value = each.value;
      option.textContent = each.label;
      return option;
    }));
    // What is offered for the last letter comes late: a mark that was set meanwhile stays.
    mark(found.findIndex((each) => each.value === marked));
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
  }

  async function ask() {
    const mine = ++asked;
    const text = field.value;
    if (!text) return close();
    const { channel } = document.body.dataset;
    const query = new URLSearchParams({ text, pane, channel });
    const response = await fetch(`/suggest?${query}`).catch(() => null);
    const found = response?.ok ? await response.json() : [];
    if (mine === asked) show(found.filter((each) => each.value !== text));
    return undefined;
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const count = list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
    else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) take(options()[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) take(option);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("sent", () => { clearTimeout(timer); close(); });
}

document.querySelectorAll("[data-suggest]").forEach(combobox);
