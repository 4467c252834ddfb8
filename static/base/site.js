"use strict";
// Comfort on top of pages that work without it: nothing here is the only way to do something.

const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

function focusSummary() {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
}

// A link of the error summary lands on its field with the keyboard in it.
function focusLinkedField(event) {
  const link = event.target.closest(".tt-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const control = field.matches("fieldset") ? field.querySelector("input, select, textarea") || field : field;
  control.focus({ preventScroll: true });
  (field.closest(".tt-field") || field).scrollIntoView({ block: "center" });
}

// A second press on the same button does nothing while the first is on its way.
function submitOnce(event) {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
}

function allowAgain() {
  all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  });
}

function showPasswords() {
  all("[data-show-password]").forEach((label) => {
    const field = document.getElementById(label.dataset.showPassword);
    if (!field) return;
    label.hidden = false;
    label.querySelector("input").addEventListener("change", (event) => {
      field.type = event.target.checked ? "text" : "password";
    });
  });
}

function countLetters() {
  all("[data-count-of]").forEach((place) => {
    const field = document.getElementById(place.dataset.countOf);
    if (!field) return;
    const most = field.dataset.count;
    const show = () => { place.textContent = `${field.value.length} / ${most}`; };
    field.addEventListener("input", show);
    show();
  });
}

// The browser words its own file button in its own language: ours is drawn over it, the control stays.
function chosenFiles() {
  all("[data-file]").forEach((place) => {
    const field = place.querySelector("input");
    const name = place.querySelector("[data-file-name]");
    const none = name.textContent;
    const show = () => { name.textContent = Array.from(field.files, (file) => file.name).join(", ") || none; };
    place.classList.add("tt-file-on");
    place.querySelector(".tt-file-face").hidden = false;
    field.addEventListener("change", show);
    show();
  });
}

function copying() {
  if (!navigator.clipboard) return;
  all("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      (button.querySelector("span") || button).textContent = button.dataset.copied;
    });
  });
}

// The phone's own sharing, where there is one; else the panel of links opens as it does without this script.
function sharing() {
  if (!navigator.share || !window.matchMedia("(pointer: coarse)").matches) return;
  all("[data-share]").forEach((summary) => {
    summary.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await navigator.share({ title: summary.dataset.shareTitle, url: summary.dataset.share });
      } catch (refusal) {
        if (refusal.name !== "AbortError") summary.parentElement.open = true;
      }
    });
  });
}

function printing() {
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}

function closing() {
  all("[data-close]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => button.parentElement.remove());
  });
}

// A menu closes by Escape and by a press outside of it.
function closeMenus(event) {
  all("details.tt-menu[open], details.tt-share[open]").forEach((menu) => {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    }
  });
}

// A choice of sort order or language acts at once; without this its button does.
function submitOnChange(event) {
  if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
}

// Another part of a comparison is read from its beginning.
function showPart(event) {
  const panel = event.target.matches("[data-part-choice]") && event.target.closest(".tt-panel");
  if (panel && panel.getBoundingClientRect().top < 0) panel.scrollIntoView();
}

function hideSubmitButtons() {
  all("select[data-submit]").forEach((select) => {
    all("[data-submit-button]", select.form).forEach((button) => { button.hidden = true; });
  });
}

// On a phone the tab row is wider than the screen: the tab of this page is moved into sight.
function showCurrentTab() {
  const tab = document.querySelector(".tt-tabs a[aria-current]");
  const row = tab && tab.closest("ul");
  if (!row) return;
  const [inner, outer] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  if (inner.right > outer.right) row.scrollLeft += Math.ceil(inner.right - outer.right);
}

document.addEventListener("submit", submitOnce);
document.addEventListener("change", submitOnChange);
document.addEventListener("change", showPart);
document.addEventListener("htmx:afterSwap", hideSubmitButtons);
document.addEventListener("click", focusLinkedField);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
window.addEventListener("pageshow", allowAgain);
focusSummary();
showPasswords();
countLetters();
chosenFiles();
copying();
sharing();
printing();
closing();
hideSubmitButtons();
showCurrentTab();
