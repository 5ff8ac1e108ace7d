// A banner that comes late, to be on top of everything.
setTimeout(() => {
  const banner = document.createElement("div");
  banner.id = "cookies";
  banner.textContent = "本站使用 Cookie";
  document.documentElement.append(banner);
}, 300);
