// As the frameworks of 2008 did it.
Array.prototype.each = function (work) { for (let n = 0; n < this.length; n++) work(this[n]); return this; };
Array.prototype.toJSON = function () { return "[" + this.join(",") + "]"; };
Array.from = function (iterable) { const made = []; if (!iterable) return made; if (iterable.toArray) return iterable.toArray(); for (let n = 0; n < (iterable.length || 0); n++) made.push(iterable[n]); return made; };
String.prototype.strip = function () { return this.replace(/^\s+|\s+$/g, ""); };
Function.prototype.bind = function (self, ...first) { const work = this; return function (...rest) { return work.apply(self, [...first, ...rest]); }; };
Element.prototype.hide = function () { this.style.display = "none"; return this; };
window.$ = (id) => document.getElementById(id);
// And as the analytics of today do.
const RealObserver = window.MutationObserver;
window.MutationObserver = class extends RealObserver { constructor(work) { super((records, observer) => work(records.slice(), observer)); } };
const realFetch = window.fetch;
window.fetch = function (...given) { return realFetch.apply(this, given).then((answer) => answer); };
const realAdd = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, work, options) { return realAdd.call(this, kind, work, options); };
const realAppend = Element.prototype.appendChild;
Element.prototype.appendChild = function (child) { return realAppend.call(this, child); };
