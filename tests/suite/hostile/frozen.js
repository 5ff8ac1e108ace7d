// As hardened pages do.
for (const native of [Object, Array, Function, String, Promise, RegExp, Map, Set, URL]) { Object.freeze(native.prototype); Object.freeze(native); }
