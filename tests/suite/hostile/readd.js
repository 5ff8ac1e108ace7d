// As frameworks move what they keep: out of the document, elsewhere in, and again.
window.move = () => {
  const chat = document.querySelector("posdoc-chat");
  const next = chat.parentElement.id === "one" ? "two" : "one";
  chat.remove();
  document.getElementById(next).append(chat);
};
