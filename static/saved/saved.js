"use strict";
// Comfort for keeping and comparing listings: without it both are plain forms.

const KEY = "banding";
const boxes = () => Array.from(document.querySelectorAll("input[form='banding'][name='id']"));
const bar = () => document.getElementById("banding");

function remembered() {
  try {
    return (sessionStorage.getItem(KEY) || "").split(" ").filter(Boolean);
  } catch {
    return [];
  }
}

function remember(tails) {
  try {
    sessionStorage.setItem(KEY, tails.join(" "));
  } catch {
    // A browser that stores nothing compares what is ticked on this page.
  }
}

// What was chosen on other pages of the list travels along in hidden fields.
function show(sentence) {
  const form = bar();
  if (!form) return;
  const chosen = remembered();
  const here = new Set(boxes().map((box) => box.value));
  form.querySelectorAll("input[type='hidden']").forEach((field) => field.remove());
  chosen.filter((tail) => !here.has(tail)).forEach((tail) => {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "id", value: tail });
    form.append(field);
  });
  boxes().forEach((box) => { box.checked = chosen.includes(box.value); });
  form.classList.toggle("tt-compare-on", chosen.length > 0);
  form.querySelector("[data-compare-none]").hidden = !chosen.length;
  const line = form.querySelector("[data-compare-count]");
  line.dataset.usual = line.dataset.usual || line.textContent;
  line.textContent = sentence || (chosen.length ? form.dataset.count.replace("#", chosen.length) : line.dataset.usual);
}

function choose(box) {
  const most = Number(bar().dataset.most);
  const others = remembered().filter((tail) => tail !== box.value);
  const full = box.checked && others.length >= most;
  remember(box.checked && !full ? [...others, box.value] : others);
  show(full ? bar().dataset.full : "");
}

// The button stays where it is, with the keyboard in it; the page is not drawn anew.
async function keep(button) {
  const form = button.form;
  const body = new FormData(form);
  body.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", headers: { "X-Requested-With": "fetch" }, body, redirect: "manual" });
  if (answer.status !== 204) throw new Error("not kept");
  const kept = button.name === "simpan";
  button.name = kept ? "lepas" : "simpan";
  button.setAttribute("aria-pressed", String(kept));
}

document.addEventListener("change", (event) => {
  if (bar() && event.target.matches("input[form='banding'][name='id']")) choose(event.target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep]");
  if (button) {
    event.preventDefault();
    if (button.dataset.busy) return;
    button.dataset.busy = "1";
    keep(button)
      .catch(() => { button.removeAttribute("data-keep"); button.form.requestSubmit(button); })
      .finally(() => { delete button.dataset.busy; });
  }
  if (event.target.closest("[data-compare-none]")) {
    remember([]);
    show("");
    bar().querySelector("button[type='submit']").focus();
  }
});

// What stands side by side is what is chosen: also after one was taken out of it, or where the address was somebody else's.
function takeOver() {
  const heading = document.querySelector("[data-compared]");
  if (heading) remember(heading.dataset.compared.split(" ").filter(Boolean));
}

// Rows that were drawn anew get their ticks back.
document.addEventListener("htmx:afterSettle", () => show(""));
window.addEventListener("pageshow", () => {
  takeOver();
  show("");
});
takeOver();
show("");
