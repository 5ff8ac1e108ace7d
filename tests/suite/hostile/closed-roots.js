// As pages do that want to keep extensions out.
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (wish) { return window.closedRoot = attach.call(this, { ...wish, mode: "closed" }); };
