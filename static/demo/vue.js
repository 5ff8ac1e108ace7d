// What Vue 3 does with <posdoc-chat :hotline="…" @posdoc:turn="…">: creates the element, sets each prop as
// a property where the element has one (as an attribute otherwise, in kebab case as written), adds
// listeners, puts it into the page, and runs onMounted.
customElements.whenDefined("posdoc-chat").then(() => {
  const props = {
    mode: "launcher", theme: "auto", hotline: "400-000-0000", "hotline-hours": "每天 8:00–22:00", provider: "某某支付", device: "smart",
    "terminal-sn": "SN123456", "merchant-number": "M100", "human-url": "https://example.com/chat", opened: false,
  };
  const chat = document.createElement("posdoc-chat");
  for (const [key, value] of Object.entries(props)) {
    if (key in chat) chat[key] = value;
    else chat.setAttribute(key, value);
  }
  const said = document.getElementById("events");
  for (const kind of ["ready", "open", "close", "turn", "solved", "unsolved", "unmatched", "handover", "error"]) {
    chat.addEventListener("posdoc:" + kind, (event) => { said.textContent += kind + " " + JSON.stringify(event.detail) + "\n"; });
  }
  document.getElementById("app").append(chat);
  // onMounted: every method.
  chat.open();
  chat.close();
  chat.reset();
  chat.ask("云喇叭收了钱不响");
});
