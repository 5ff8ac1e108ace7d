// What React 19 does with <posdoc-chat …props/>: creates the element; a prop that the element has as a
// property is assigned, any other becomes an attribute; then the element is put into the page, refs are
// set, and effects run.
customElements.whenDefined("posdoc-chat").then(() => {
  const props = {
    mode: "inline", theme: "light", hotline: "400-000-0000", hotlineHours: "每天 8:00–22:00", provider: "某某支付", device: "mobile",
    terminalSn: "SN123456", merchantNumber: "M100", humanUrl: "https://example.com/chat", query: undefined, topic: null, pack: null,
  };
  const chat = document.createElement("posdoc-chat");
  for (const [key, value] of Object.entries(props)) {
    if (key in chat) chat[key] = value;
    else if (value != null && value !== false) chat.setAttribute(key, String(value));
  }
  const said = document.getElementById("events");
  for (const kind of ["ready", "open", "close", "turn", "solved", "unsolved", "unmatched", "handover", "error"]) {
    chat.addEventListener("posdoc:" + kind, (event) => { said.textContent += kind + " " + JSON.stringify(event.detail) + "\n"; });
  }
  document.getElementById("app").append(chat);
  // An effect: every method.
  chat.open();
  chat.reset();
  chat.close();
  chat.ask("装了纸还说没纸");
  // A render later: properties change.
  setTimeout(() => { chat.theme = "dark"; chat.hotline = "400-111-1111"; chat.mode = "launcher"; chat.mode = "inline"; }, 500);
});
