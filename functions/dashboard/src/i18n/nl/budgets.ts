import type { BudgetWords } from "../en/budgets";

export const budgets: BudgetWords = {
  title: "Budgetten",
  hint: "Wat zonder mens vastgelegd mag worden. Wat daarboven gaat, wacht op mensen.",
  kind: {
    store: "De hele winkel",
    mandate: "Mandaat van de CEO-functie",
    cluster: "Clusters",
    agent: "Agents",
    campaign: "Campagnes",
  },
  window: { hour: "Laatste uur", day: "Laatste 24 uur", week: "Laatste 7 dagen" },
  used: "Uitgegeven",
  reserved: "Gereserveerd",
  left: "Over",
  limit: "Grens",
  noLimit: "Het beleid stelt hier geen grens.",
  noReserved: "Hoeveel ervan gereserveerd is, is niet bekend: het zijn er te veel om te tellen.",
  means: (spent, reserved, left, limit) =>
    `${spent} uitgegeven, ${reserved} gereserveerd, ${left} over van ${limit}`,
  meansUnsplit: (used, left, limit) => `${used} uitgegeven of gereserveerd, ${left} over van ${limit}`,
  most: (name, used) => `Meeste van de laatste dag: ${name}, ${used}`,
  full: "Er is niets over: wat nu komt, wacht op een mens.",
  firstOnly: (count) => `De eerste ${count} staan hier.`,
  none: "Er zijn geen budgetten",
  noneHint: "Het beleid stelt geen grens, en er is niets uitgegeven.",
  noneOf: "Onder een eigen naam is nog niets uitgegeven.",
};
