window.navigate = () => {
  history.pushState({}, "", "/single-page.html?page=2");
  const body = document.createElement("body");
  body.innerHTML = "<h1>第二页</h1>";
  document.body.replaceWith(body);
};
