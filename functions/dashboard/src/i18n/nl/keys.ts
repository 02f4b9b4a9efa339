import type { keys as english } from "../en/keys";

export const keys: typeof english = {
  title: "Toetsen",
  scope: {
    page: "Overal hier",
    list: "In de lijst",
    card: "In het geopende verzoek",
    selection: "Met de selectie",
    dialog: "In dit venster",
  },
  named: {
    " ": "Spatie",
    Enter: "Enter ↵",
    Escape: "Esc",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
  },
  on: "Losse toetsen doen iets",
  hint: "Toetsen tellen nooit terwijl je schrijft. Alles wat ze doen heeft ook een knop.",
};
