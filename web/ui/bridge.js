// The one door between the page's own scripts and Gradio: they hand their events (ask, show, clear) to this component.
const EVENTS = { ask: "ask", show: "show", clear: "clear" };
window.tiaoli = { trigger: (name, detail) => trigger(EVENTS[name], detail) };
document.dispatchEvent(new CustomEvent("bridge-ready"));
