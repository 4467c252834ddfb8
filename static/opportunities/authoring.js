"use strict";
// A draft saves itself while it is typed. The form's own buttons do the same without this script.

(() => {
  const place = document.querySelector("[data-keep]");
  const form = place && document.getElementById("isian");
  if (!form) return;

  const TYPING_STOPS = 1200, RETRY_FIRST = 4000, RETRY_LAST = 60000, HEARTBEAT = 60000;
  const PATIENCE = 20000, AT_WORK = 300000, FORGOTTEN = 30 * 86400000, TRIES = 5;
  const PREFIX = "titik-temu:draf:";
  const key = `${PREFIX}${place.dataset.version}:${place.dataset.person}`;
  const hidden = (name) => form.querySelector(`input[type=hidden][name="${name}"]`);
  const marks = JSON.parse(hidden("base").value || "{}");
  const controls = (name) => Array.from(form.querySelectorAll(`[name="${CSS.escape(name)}"]`));
  const names = Object.keys(marks).filter((name) => controls(name).length);

  const pending = new Map(); // name → {values, mark}: typed here, not yet known to be stored
  const clashes = new Set(); // names that wait for a choice between two texts
  const stuck = new Set(); // names that the server does not take until they are changed
  const problems = new Map();
  let timer = 0, wait = RETRY_FIRST, sending = false, leaving = false, lastTyped = Date.now(), state = "";

  const isBox = (control) => control.type === "checkbox" || control.type === "radio";
  const read = (name) => controls(name).filter((c) => !isBox(c) || c.checked).map((c) => c.value);
  const same = (a, b) => a.length === b.length && a.every((value, at) => value === b[at]);
  const shown = new Map(names.map((name) => [name, read(name)]));

  // Beside choices, a text holds what none of them offers.
  function write(name, values) {
    const offered = controls(name).filter(isBox).map((control) => control.value);
    controls(name).forEach((control) => {
      if (isBox(control)) control.checked = values.includes(control.value);
      else control.value = values.filter((value) => !offered.includes(value))[0] || "";
    });
    const english = controls(name)[0].closest("details");
    if (english && values.some(Boolean)) english.open = true;
    shown.set(name, values);
  }

  // What cannot be sent waits in the browser, apart for each draft and person.
  function remember() {
    try {
      if (pending.size) localStorage.setItem(key, JSON.stringify({ at: Date.now(), changes: [...pending] }));
      else localStorage.removeItem(key);
      return true;
    } catch {
      return false;
    }
  }

  function forgetOld() {
    Object.keys(localStorage).filter((each) => each.startsWith(PREFIX)).forEach((each) => {
      try {
        if (Date.now() - JSON.parse(localStorage.getItem(each)).at > FORGOTTEN) localStorage.removeItem(each);
      } catch {
        localStorage.removeItem(each);
      }
    });
  }

  function restore() {
    let kept = null;
    try {
      forgetOld();
      kept = JSON.parse(localStorage.getItem(key));
    } catch {
      return;
    }
    const changes = (kept ? kept.changes : []).filter(([name]) => name in marks);
    let differs = false;
    changes.forEach(([name, change]) => {
      // A change of another step is sent too: its mark tells whether somebody was there meanwhile.
      pending.set(name, change);
      if (!names.includes(name) || same(read(name), change.values)) return;
      write(name, change.values);
      differs = true;
    });
    if (differs) note(place.dataset.sayRestored);
  }

  const line = (part) => document.querySelector(`[data-draft-${part}]`);
  function note(text) { line("note").textContent = text; }

  // The eye sees each saving; the ear is told only when something changes.
  function say(next, text) {
    line("state").textContent = text;
    if (next !== state && (state || next !== "saved")) line("ear").textContent = text;
    state = next;
    place.dataset.state = next;
  }

  const sayUnsent = (which) => say(which, remember() ? place.dataset[`say${which}`] : place.dataset.sayFull);

  function typed(event) {
    const name = event.target.name;
    if (name === "sesuai") return later(TYPING_STOPS);
    if (!names.includes(name)) return;
    const values = read(name);
    const before = pending.get(name);
    if (same(values, shown.get(name)) && !before) return;
    pending.set(name, { values, mark: before ? before.mark : marks[name], tries: before ? before.tries : [] });
    stuck.delete(name);
    lastTyped = Date.now();
    const safe = remember();
    if (state !== "Offline" && state !== "Ended") say("saving", safe ? place.dataset.saySaving : place.dataset.sayFull);
    later(TYPING_STOPS);
  }

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  const waiting = () => [...pending].filter(([name]) => !clashes.has(name) && !stuck.has(name));

  // An answer may be lost after its request arrived: what was tried is told, so that nobody clashes with themselves.
  function noteTries(changes) {
    changes.forEach(([, change]) => {
      change.tries = [...change.tries.filter((each) => !same(each, change.values)), change.values].slice(-TRIES);
    });
    remember();
  }

  function body(changes) {
    const data = new URLSearchParams();
    const seen = { ...marks };
    changes.forEach(([name, change]) => change.tries.forEach((values) => data.append("lalu", JSON.stringify([name, values]))));
    noteTries(changes);
    changes.forEach(([name, change]) => {
      data.append("isian", name);
      change.values.forEach((value) => data.append(name, value));
      seen[name] = change.mark;
    });
    form.querySelectorAll("[name=sesuai]:checked").forEach((box) => data.append("sesuai", box.value));
    data.append("csrf_token", hidden("csrf_token").value);
    data.append("seen", hidden("seen").value);
    data.append("base", JSON.stringify(seen));
    data.append("tahap", place.dataset.step);
    return data;
  }

  async function send() {
    clearTimeout(timer);
    if (sending || leaving) return;
    sending = true;
    const changes = waiting();
    try {
      const answer = await post(changes);
      if (answer) take(answer, new Map(changes));
    } catch {
      sayUnsent("Offline");
      tryAgain();
    } finally {
      sending = false;
    }
  }

  async function post(changes, again = true) {
    const response = await fetch(place.dataset.keep, {
      method: "POST", body: body(changes), credentials: "same-origin", headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const json = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (json && response.status < 500) return response.json();
    if (response.status === 429 || response.status >= 500) throw new Error("busy");
    if (response.status === 403 || response.status === 404) return { stopped: place.dataset.sayStopped };
    if (again && (await renewToken())) return post(changes, false);
    return null;
  }

  // After signing in again in another tab, the page itself has a token that counts.
  async function renewToken() {
    const response = await fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const there = page.querySelector("[data-keep]");
    if (there && there.dataset.person === place.dataset.person) {
      const token = page.querySelector("#isian [name=csrf_token]").value;
      document.querySelectorAll("[name=csrf_token]").forEach((field) => { field.value = token; });
      return true;
    }
    sayUnsent(there ? "Other" : "Ended");
    line("sign-in").hidden = Boolean(there);
    tryAgain();
    return false;
  }

  function tryAgain() {
    later(wait);
    wait = Math.min(wait * 2, RETRY_LAST);
  }

  function take(answer, sent) {
    wait = RETRY_FIRST;
    line("sign-in").hidden = true;
    if (answer.stopped) {
      leaving = true;
      remember();
      return say("stopped", answer.stopped);
    }
    hidden("seen").value = answer.revision;
    Object.entries(answer.marks).forEach(([name, mark]) => settle(name, mark, sent.get(name)));
    answer.unsaved.forEach((name) => stuck.add(name));
    hidden("base").value = JSON.stringify(marks);
    Object.entries(answer.problems).forEach(([name, text]) => problems.set(name, text));
    answer.overlaps.forEach((other) => showClash(other, answer.clash));
    showFresh(answer.fresh);
    drawProblems();
    drawBeside(answer);
    remember();
    const open = waiting().length > 0;
    if (clashes.size) say("clash", place.dataset.sayClash);
    else if (stuck.size) say("stuck", place.dataset.sayStuck);
    else say(open ? "saving" : "saved", open ? place.dataset.saySaving : answer.saved);
    if (open) later(TYPING_STOPS);
  }

  // The server holds what was sent; what was typed meanwhile stands on it.
  function settle(name, mark, change) {
    marks[name] = mark;
    const now = pending.get(name);
    if (!change || !now) return;
    shown.set(name, change.values);
    if (same(now.values, change.values) && !stuck.has(name)) pending.delete(name);
    else {
      now.mark = mark;
      now.tries = [];
    }
  }

  // A colleague's change goes into the form only where nothing was typed.
  function showFresh(others) {
    const taken = others.filter(({ name, values, mark }) => {
      if (pending.has(name)) return false;
      marks[name] = mark;
      if (!names.includes(name) || same(read(name), values)) return false;
      write(name, values);
      return true;
    });
    hidden("base").value = JSON.stringify(marks);
    if (taken.length) note(`${place.dataset.sayFresh} ${taken.map((other) => other.label).join(", ")}`);
  }

  const face = (name) => controls(name).find((control) => !isBox(control)) || controls(name)[0];

  function fieldOf(name) {
    const control = face(name);
    return control && (control.closest(".tt-field") || control.parentElement);
  }

  function showClash(other, sentence) {
    const field = fieldOf(other.name);
    const old = document.getElementById(`bentrok-${other.name}`);
    if (old) old.remove();
    clashes.add(other.name);
    if (!field) return note(`${place.dataset.sayElsewhere} ${other.label}`);
    const panel = document.getElementById("bentrok").content.firstElementChild.cloneNode(true);
    panel.id = `bentrok-${other.name}`;
    panel.querySelector("[data-clash-words]").textContent = `${other.label}: ${sentence}`;
    panel.querySelector("[data-clash-text]").textContent = other.text;
    panel.querySelector("[data-clash-theirs]").addEventListener("click", () => choose(other, panel, false));
    panel.querySelector("[data-clash-mine]").addEventListener("click", () => choose(other, panel, true));
    field.before(panel);
  }

  function choose(other, panel, mine) {
    clashes.delete(other.name);
    panel.remove();
    marks[other.name] = other.mark;
    if (mine) {
      pending.set(other.name, { values: read(other.name), mark: other.mark, tries: [] });
    } else {
      pending.delete(other.name);
      write(other.name, other.values);
    }
    hidden("base").value = JSON.stringify(marks);
    remember();
    controls(other.name)[0].focus();
    send();
  }

  // A half-written sum is no fault while its writer is still in the field.
  function drawProblems() {
    problems.forEach((text, name) => {
      const control = face(name);
      if (!control || control === document.activeElement) return;
      drawProblem(control, fieldOf(name), text);
      problems.delete(name);
    });
  }

  function drawProblem(control, field, text) {
    const id = `${control.id}-galat`;
    const old = document.getElementById(id);
    if (old) old.remove();
    field.classList.toggle("tt-faulty", Boolean(text));
    const described = (control.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== id);
    if (text) {
      const wrong = document.getElementById("galat").content.firstElementChild.cloneNode(true);
      wrong.id = id;
      wrong.querySelector("span").textContent = text;
      control.before(wrong);
      described.push(id);
      control.setAttribute("aria-invalid", "true");
    } else {
      control.removeAttribute("aria-invalid");
    }
    control.setAttribute("aria-describedby", described.join(" "));
    if (!described.length) control.removeAttribute("aria-describedby");
  }

  function drawEcho(name, value) {
    const control = controls(name)[0];
    if (!control) return;
    const old = document.getElementById(`${control.id}-terbaca`);
    if (old) old.remove();
    if (!value) return;
    const echo = document.getElementById("terbaca").content.firstElementChild.cloneNode(true);
    echo.id = `${control.id}-terbaca`;
    echo.querySelector("b").textContent = value;
    control.after(echo);
  }

  function drawBeside(answer) {
    line("others").textContent = answer.others;
    line("others").hidden = !answer.others;
    document.getElementById("langkah").innerHTML = answer.steps;
    document.getElementById("samping").innerHTML = answer.aside;
    Object.entries(answer.echoes).forEach(([name, value]) => drawEcho(name, value));
    Object.entries(answer.translations).forEach(([field, { word, stale }]) => {
      const told = document.querySelector(`[data-english="${field}"]`);
      if (!told) return;
      told.textContent = word;
      const box = document.querySelector(`[data-still="${field}"]`);
      box.hidden = !stale;
      if (!stale) box.querySelector("input").checked = false;
    });
  }

  // A heartbeat tells colleagues that somebody is here, while somebody is.
  function heartbeat() {
    if (!document.hidden && Date.now() - lastTyped < AT_WORK) later(0);
  }

  function hurry() {
    wait = RETRY_FIRST;
    if (pending.size || state === "Ended" || state === "Other") later(0);
  }

  // The page goes away: the last words are sent without waiting for the answer, and stay in the browser until then.
  function leave() {
    const changes = waiting();
    if (!changes.length || leaving) return;
    fetch(place.dataset.keep, { method: "POST", body: body(changes), credentials: "same-origin", keepalive: true }).catch(() => {});
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("focusout", () => setTimeout(drawProblems, 0));
  function submitted() {
    leaving = true;
    clearTimeout(timer);
    form.querySelectorAll("[name=lalu]").forEach((old) => old.remove());
    pending.forEach((change, name) => change.tries.forEach((values) => {
      const tried = document.createElement("input");
      Object.assign(tried, { type: "hidden", name: "lalu", value: JSON.stringify([name, values]) });
      form.append(tried);
    }));
  }

  form.addEventListener("submit", submitted);
  window.addEventListener("pageshow", (event) => { if (event.persisted && state !== "stopped") { leaving = false; hurry(); } });
  window.addEventListener("online", hurry);
  window.addEventListener("focus", hurry);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : hurry()));
  restore();
  setInterval(heartbeat, HEARTBEAT);
  send();
})();
