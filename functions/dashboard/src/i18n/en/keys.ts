/** The sheet of keys. */
export const keys = {
  title: "Keys",
  scope: {
    page: "Everywhere here",
    list: "In the list",
    card: "In the request that is open",
    selection: "With what is selected",
    dialog: "In this dialog",
  },
  named: {
    " ": "Space",
    Enter: "Enter ↵",
    Escape: "Esc",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
  } as Record<string, string>,
  on: "Single keys do something",
  hint: "Keys never count while you write. Everything they do has a button as well.",
};
