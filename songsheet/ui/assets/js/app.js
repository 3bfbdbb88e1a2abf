// Everything a page does beyond what the browser and htmx do by themselves; each idea in a file of its own.
import "./server.js";
import "./theme.js";
import "./overlays.js";
import "./keys.js";
import "./palette.js";
import "./rows.js";
import "./panel.js";
import "./cells.js";
import "./toast.js";
import "./clock.js";
import "./flow.js";
import "./upload.js";
import "./forms.js";
import "./board.js";
import "./mentions.js";
import "./notes.js";
import "./notices.js";
