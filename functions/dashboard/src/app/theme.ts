/** How the page looks: as the system does, or always light or dark. */
export type Theme = "auto" | "light" | "dark";
const KEY = "royal.theme";

/** The chosen theme. */
export function theme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

/** Chooses a theme, keeps the choice, and shows it. */
export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(KEY, chosen);
  showTheme();
}

/** Shows the chosen theme. */
export function showTheme(): void {
  const chosen = theme();
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
