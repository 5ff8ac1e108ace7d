// A browser without what the address names after the #.
const lacks = decodeURIComponent(location.hash.slice(1)).split(".");
const name = lacks.pop();
let owner = window;
for (const step of lacks) owner = owner[step];
delete owner[name];
if (name in owner) owner[name] = undefined;
