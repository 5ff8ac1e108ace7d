// A site that keeps everything it fetches, ours too.
const src = document.currentScript.dataset.src;
navigator.serviceWorker.register("/keep-all.js");
const add = () => {
  const script = document.createElement("script");
  script.src = src;
  document.head.append(script);
};
if (navigator.serviceWorker.controller) add();
else navigator.serviceWorker.addEventListener("controllerchange", add, { once: true });
