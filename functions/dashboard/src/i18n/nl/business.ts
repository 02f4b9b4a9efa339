import type { BusinessWords } from "../en/business";

export const business: BusinessWords = {
  orders: {
    title: "Bestellingen",
    hint: "Van een betaalde bestelling tot de levering.",
    missing: "Nog geen gegevens over bestellingen",
    why: "Bestellingen verschijnen hier zodra de winkel ze meldt en de agents die ze afhandelen werken: welke leverancier, waar het pakket is, wat stilstaat en waarom.",
  },
  finance: {
    title: "Financiën",
    hint: "Wat binnenkomt, wat uitgaat, en wat overblijft.",
    missing: "Nog geen gegevens over de boeken",
    why: "Omzet, kosten, winst, kasstroom en belastingen verschijnen hier als het cluster financiën de boeken bijhoudt. Tot dan is geen cijfer ervan bekend, en wordt er geen getoond.",
  },
  marketing: {
    title: "Marketing",
    hint: "Campagnes, wat zij kosten, en wat zij opbrengen.",
    missing: "Nog geen gegevens over campagnes",
    why: "Uitgaven, bereik en opbrengst van campagnes verschijnen hier als het cluster marketing ze uitvoert. Tot dan is daar niets van bekend, en wordt er niets getoond.",
  },
  cluster: "Het cluster nu",
  clusterMissing: "De catalogus van dit systeem heeft geen agent van dit cluster.",
  agents: "Agents",
  agentsMeans: (healthy, failing, paused, idle) =>
    `${healthy} gezond · ${failing} falend · ${paused} gepauzeerd · ${idle} nog niet gelopen`,
  tasks: "Taken vandaag gedaan",
  tasksMeans: (ready, held, failed) => `${ready} wachten · ${held} staan stil · ${failed} opgegeven`,
  waiting: "Wacht op mensen",
  autonomy: "Vandaag beslist zonder mens",
  autonomyNone: "Vandaag is niets afgerond.",
  success: "Uitgevoerd, van wat vandaag geprobeerd is",
  successNone: "Vandaag is niets geprobeerd.",
  actions: "Acties van deze soort",
  actionsNone: "Geen van de laatste acties is van deze soort",
  actionsNoneHint: (kinds) => `Deze zouden hier staan: ${kinds}.`,
  approvals: "Wacht op mensen",
  approvalsNone: "Niets van deze soort wacht op een mens.",
  budgets: "Budgetten",
  budgetsNone: "Het beleid stelt hier geen budget, en er is niets uitgegeven.",
  stopped: (scope, who) => `Stilgezet (${scope}) door ${who}`,
};
