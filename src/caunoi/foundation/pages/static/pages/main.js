// The scripts of every page; the larger instruments are fetched only where a page has them.
import "./shell.js";
import "./sending.js";
import "./tabs.js";
import "./rows.js";

function has(selector) { return document.querySelector(selector) !== null; }

if (has("form[data-autosave]")) { import("./autosave.js"); }
if (has(".choices, [data-bulk]")) { import("./choices.js"); }
if (has("[data-dropzone]")) { import("./upload.js"); }
if (has("[data-grid]")) { import("./grid.js"); }
if (has("[data-chart]")) { import("./charts.js"); }
if (has("[data-review]")) { import("./review.js"); }
