// Runs before anything is painted, so that the page never shows in other colours than those chosen.
(() => {
  try {
    const chosen = localStorage.getItem("tiaoli-theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Without storage the system decides.
  }
})();
