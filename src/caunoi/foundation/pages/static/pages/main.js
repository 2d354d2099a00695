// The scripts of every page; the larger instruments are fetched only where a page has them.
import "./shell.js";
import "./sending.js";
import "./validity.js";
import "./files.js";
import "./tabs.js";
import "./rows.js";

function has(selector) { return document.querySelector(selector) !== null; }

const fetched = [];
if (has("form[data-autosave]")) { fetched.push(import("./autosave.js")); }
if (has(".choices, [data-bulk]")) { fetched.push(import("./choices.js")); }
if (has("[data-dropzone]")) { fetched.push(import("./upload.js")); }
if (has("[data-grid]")) { fetched.push(import("./grid.js")); }
if (has("[data-chart]")) { fetched.push(import("./charts.js")); }
if (has("[data-review]")) { fetched.push(import("./review.js")); }
Promise.all(fetched).then(() => { document.documentElement.dataset.ready = ""; });
