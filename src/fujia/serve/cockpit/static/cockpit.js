// The one script of the cockpit: it puts what the server says into the page, and reports what is
// clicked, typed and dragged. What anything looks like is in the style sheets.
"use strict";

const cockpit = {
  // One message; every key may be missing:
  //   looks   [part, name, value, text] of the drawing    labels  part -> text for screen readers
  //   values  signal -> [value, text]                     marks   data-<name> of the page
  //   html    selector -> content                         append  content at the end of the log
  //   pending turn -> its block until it is answered, empty when it is over
  //   press   [group, what is pressed in it]              chosen  the part that was opened
  show(message) {
    for (const look of message.looks ?? []) this.look(...look);
    for (const [id, text] of Object.entries(message.labels ?? {}))
      document.querySelector(`[data-press="${id}"]`)?.setAttribute("aria-label", text);
    for (const [path, [value, text]] of Object.entries(message.values ?? {}))
      this.value(path, value, text);
    for (const [name, value] of Object.entries(message.marks ?? {})) this.mark(name, value);
    this.replace(message.html ?? {});
    for (const [id, content] of Object.entries(message.pending ?? {})) this.pending(id, content);
    if (message.append) this.append(message.append);
    if (message.press) this.press(...message.press);
    if (message.chosen) this.choose(message.chosen);
    if (message.follow) this.follow();
  },

  mark(name, value) {
    const before = document.documentElement.dataset[name];
    document.documentElement.dataset[name] = value;
    if (name === "driving" && before !== value) this.follow();
  },

  look(id, name, value, text) {
    const part = document.querySelector(`[data-part="${id}"]`);
    if (!part) return;
    part.setAttribute(`data-${name}`, value);
    if (/^#|^-?\d/.test(value)) part.style.setProperty(`--${name}`, value);
    const label = document.querySelector(`[data-text="${id}.${name}"]`);
    if (!label) return;
    label.dataset.value = value;
    label.querySelector("text").textContent = text;
  },

  value(path, value, text) {
    const name = CSS.escape(path);
    for (const shown of document.querySelectorAll(`[data-signal="${name}"]`))
      shown.textContent = text;
    for (const control of document.querySelectorAll(`[data-path="${name}"]`)) {
      if (control.matches("input")) {
        if (control !== this.dragged) control.value = value;
      } else {
        for (const option of control.children)
          option.setAttribute("aria-pressed", String(option.dataset.option === value));
      }
    }
  },

  // What is replaced under somebody's finger keeps the focus, and what they opened stays open.
  replace(html) {
    const focused = document.activeElement?.dataset.do;
    const open = [...document.querySelectorAll("details[id][open]")].map((each) => each.id);
    for (const [selector, content] of Object.entries(html))
      document.querySelector(selector).innerHTML = content;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused && document.activeElement === document.body)
      document.querySelector(`[data-do="${CSS.escape(focused)}"]`)?.focus();
  },

  pending(id, content) {
    let block = document.querySelector(`[data-turn="${CSS.escape(id)}"]`);
    if (!content) return block?.remove();
    if (!block) {
      this.append('<article class="pending" aria-live="off"></article>');
      block = document.querySelector(".log").lastElementChild;
      block.dataset.turn = id;
    }
    block.innerHTML = content;
    this.follow();
  },

  append(content) {
    const log = document.querySelector(".log");
    log.querySelector(".welcome")?.remove();
    log.insertAdjacentHTML("beforeend", content);
    this.follow();
  },

  follow() {
    const log = document.querySelector(".log");
    log.scrollTop = log.scrollHeight;
  },

  press(group, name) {
    for (const button of document.querySelectorAll(`${group} button`))
      button.setAttribute("aria-pressed", String(button.dataset.do === name));
  },

  choose(id) {
    for (const part of document.querySelectorAll(".part.chosen")) part.classList.remove("chosen");
    document.querySelector(`[data-part="${id}"]`)?.classList.add("chosen");
    document.documentElement.dataset.details = id ? "open" : "closed";
  },

  // What the page does by itself, without asking the server.
  local: {
    theme: () => cockpit.theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
    language(wanted) {
      document.cookie = `fujia_language=${wanted};path=/;max-age=31536000;samesite=lax`;
      location.reload();
    },
    close: () => cockpit.choose(""),
    view(name) {
      document.documentElement.dataset.view = name;
      cockpit.press(".tabs", `view:${name}`);
      cockpit.follow();
    },
  },

  theme(wanted) {
    document.documentElement.dataset.theme = wanted;
    try { localStorage.setItem("fujia-theme", wanted); } catch { /* private window: not kept */ }
  },

  act(wish) {
    const [name, value] = [wish.slice(0, wish.indexOf(":")), wish.slice(wish.indexOf(":") + 1)];
    if (name in this.local) this.local[name](value);
    else this.report(name, value);
  },

  // The page is there before the connection is; what is clicked meanwhile waits for it.
  report(...wish) {
    if (window.did_handshake) emitEvent("fujia", wish);
    else setTimeout(() => this.report(...wish), 50);
  },
};

(() => {
  let kept = null;
  try { kept = localStorage.getItem("fujia-theme"); } catch { /* private window */ }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = kept ?? (dark ? "dark" : "light");

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-do], [data-press]");
    if (target) cockpit.act(target.dataset.do ?? `part:${target.dataset.press}`);
  });
  document.addEventListener("keydown", (event) => {
    const part = event.target.closest?.("[data-press]");
    if (!part || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    cockpit.act(`part:${part.dataset.press}`);
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const seat = event.target.dataset.name;
    if (seat) return cockpit.act(`occupant:${seat}=${event.target.elements.name.value}`);
    const input = event.target.elements.said;
    if (input.value.trim()) cockpit.act(`say:${input.value}`);
    input.value = "";
  });

  // A slider reports at most every 60 ms, and its last value always.
  document.addEventListener("input", (event) => {
    const slider = event.target;
    if (slider.dataset.range === undefined) return;
    cockpit.dragged = slider;
    slider.waiting ??= setTimeout(() => {
      slider.waiting = null;
      cockpit.act(`range:${slider.dataset.range}.${slider.value}`);
    }, 60);
  });
  document.addEventListener("change", () => setTimeout(() => { cockpit.dragged = null; }, 300));
})();
