"use strict";
// The list is drawn anew at each choice: what was open stays open, the keyboard stays where it is, and the new count
// is said aloud. Without this script the form's button does the same.

const pieces = (selector) => Array.from(document.querySelectorAll(selector));
let before = { folds: new Map(), focus: "" };

function remember(event) {
  // The part of a page that an address names is for browsers without this script: here nothing jumps.
  event.detail.pathInfo.anchor = null;
  before = {
    folds: new Map(pieces("#saringan details").map((fold) => [fold.id, fold.open])),
    focus: document.activeElement.id,
  };
}

function restore() {
  pieces("#saringan details").forEach((fold) => {
    if (before.folds.has(fold.id)) fold.open = before.folds.get(fold.id);
  });
  keepFocus();
  const [news, place] = [document.querySelector("[data-news]"), document.getElementById("kabar")];
  if (news && place) place.textContent = news.dataset.news;
}

// A chip is gone once it is pressed: the count of what is left comes next.
function keepFocus() {
  const wanted = document.getElementById(before.focus) || document.getElementById("hasil");
  if (!wanted || document.activeElement === wanted) return;
  const fold = wanted.closest("details");
  if (fold) fold.open = true;
  wanted.focus({ preventScroll: true });
  wanted.scrollIntoView({ block: "nearest" });
}

// No answer, or none that shows a list: the browser asks, and says what is wrong.
function askPlainly(event) {
  window.location.assign(event.detail.pathInfo.finalRequestPath);
}

// A region on the map does what its row in the table does; libraries take links of pictures for none.
function followRow(event) {
  const link = event.target.closest(".tt-map a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const row = pieces(".tt-region-table a").find((each) => each.getAttribute("href") === link.getAttribute("href"));
  if (!row) return;
  event.preventDefault();
  row.click();
}

// A province that is taken off takes its kabupaten and kota along.
function clearBranch(event) {
  const branch = event.target.closest("label") && event.target.closest("label").nextElementSibling;
  if (event.target.checked || !branch || !branch.matches(".tt-branch")) return;
  branch.querySelectorAll("input").forEach((box) => { box.checked = false; });
}

document.addEventListener("change", clearBranch, true);
if (window.htmx) {
  document.addEventListener("click", followRow);
  Object.assign(window.htmx.config, {
    // What the policy of our pages forbids, and kept copies of pages that may hold a person's name.
    allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, historyCacheSize: 0,
    refreshOnHistoryMiss: true, scrollIntoViewOnBoost: false, timeout: 15000,
  });
  pieces("[data-without-script]").forEach((button) => { button.hidden = true; });
  document.addEventListener("htmx:beforeSwap", remember);
  document.addEventListener("htmx:afterSwap", restore);
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, askPlainly);
  }
}
