"use strict";
// Passkeys: the browser's own dialogue asks, its answer is put into the form and sent like any other.
// Where a browser knows no passkeys these forms stay as the page drew them, with a password beside.

const knows = "PublicKeyCredential" in window
  && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function";

const dialogues = {
  get: (options) => navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  }),
  create: (options) => navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  }),
};

function say(form, text) {
  const place = form.querySelector("[data-passkey-says]");
  place.textContent = text;
  place.hidden = false;
}

async function answer(event) {
  const form = event.target;
  if (form.elements.answer.value) return;
  event.preventDefault();
  try {
    const made = await dialogues[form.dataset.passkey](JSON.parse(form.dataset.options));
    form.elements.answer.value = JSON.stringify(made.toJSON());
    form.submit();
  } catch (refusal) {
    say(form, refusal.name === "InvalidStateError" ? form.dataset.known : form.dataset.stopped);
  }
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  document.querySelectorAll("[data-passkey-absent]").forEach((place) => { place.hidden = knows; });
  if (!knows) return;
  form.hidden = false;
  form.addEventListener("submit", answer);
});
