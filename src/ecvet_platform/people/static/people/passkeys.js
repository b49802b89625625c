// Passkeys (WebAuthn): asks the device, puts its answer into the form, and sends the form. Everything else is the page's.
// Without this file the page says what to do instead; nothing on it depends on scripts.
(() => {
  "use strict";
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function asked(form, what) {
    const body = new URLSearchParams({ what, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const answer = await fetch(form.dataset.options, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  }

  async function make(form) {
    const options = await asked(form, "create");
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
      },
      clientExtensionResults: {},
    };
  }

  async function show(form) {
    const options = await asked(form, "get");
    const shown = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    });
    const handle = shown.response.userHandle;
    return {
      id: shown.id,
      rawId: text(shown.rawId),
      type: shown.type,
      response: {
        clientDataJSON: text(shown.response.clientDataJSON),
        authenticatorData: text(shown.response.authenticatorData),
        signature: text(shown.response.signature),
        ...(handle && handle.byteLength ? { userHandle: text(handle) } : {}),
      },
      clientExtensionResults: {},
    };
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("[data-passkey-button]");
    const status = form.querySelector("[data-passkey-status]");
    form.querySelector("[data-passkey-without]").hidden = true;
    if (!window.PublicKeyCredential) {
      status.textContent = form.dataset.unsupported;
      continue;
    }
    button.hidden = false;
    button.addEventListener("click", async () => {
      const making = form.dataset.passkey === "create";
      if (making && !form.reportValidity()) return;
      status.textContent = form.dataset.waiting;
      button.disabled = true;
      try {
        const answer = await (making ? make(form) : show(form));
        form.elements["ecvet-credential"].value = JSON.stringify(answer);
        form.submit();
      } catch (error) {
        status.textContent = error.name === "InvalidStateError" ? form.dataset.already : form.dataset.failed;
        button.disabled = false;
      }
    });
  }
})();
