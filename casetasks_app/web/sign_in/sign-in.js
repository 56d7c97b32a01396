// The same choice of light or dark as the pages behind the sign-in.
(() => {
  let theme = "system";
  try { theme = localStorage.getItem("theme") || "system"; } catch { /* storage is switched off */ }
  const isDark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", isDark);
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
})();

document.addEventListener("DOMContentLoaded", () => {
  const password = document.getElementById("password");
  const show = document.getElementById("show");
  show.hidden = false;
  show.addEventListener("click", () => {
    const isShown = password.type === "password";
    password.type = isShown ? "text" : "password";
    show.setAttribute("aria-pressed", String(isShown));
  });
  const problem = document.getElementById("problem");
  problem?.focus();
  problem?.querySelector("a")?.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("email").focus();
  });
});
