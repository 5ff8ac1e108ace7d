addEventListener("load", () => setTimeout(() => {
  const script = document.createElement("script");
  script.src = "{{origin}}/posdoc.js";
  document.head.append(script);
}, 300));
