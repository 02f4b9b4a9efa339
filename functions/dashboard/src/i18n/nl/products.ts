import type { ProductWords } from "../en/products";

export const products: ProductWords = {
  title: "Producten",
  hint: "De reis van elk product, van de lijst van de leverancier tot in de winkel.",
  stage: {
    VETTING: "Keuren",
    PRICING: "Prijs bepalen",
    REVIEW: "Bij de CEO",
    PUBLISHING: "Wordt opgesteld",
    DECIDING: "Wacht op een woord",
    PUBLISHED: "In de winkel",
    STOPPED: "Gestopt",
  },
  stageMeans: {
    VETTING: "De leverancier wordt beoordeeld.",
    PRICING: "Er wordt een prijs gezocht tussen bodem, doel en markt.",
    REVIEW: "De CEO-functie kijkt naar marge en doelen.",
    PUBLISHING: "De aanbieding wordt opgesteld.",
    DECIDING: "Het beleid heeft het aan een mens voorgelegd, of het gaat zo lopen.",
    PUBLISHED: "Het is te koop.",
    STOPPED: "Het eindigde vroeg, en zegt waarom.",
  },
  count: (count) => `${count} producten`,
  none: "Hier is nu niets.",
  columns: "De stappen van een reis",
  choose: "Stap",
  score: (score) => `Score ${score} van 100`,
  margin: (percent) => `marge ${percent}`,
  round: (round) => `poging ${round}`,
  stoppedIn: (stage) => `Gestopt bij ${stage}`,
  missing: (facts) => `Niet bekend: ${facts}`,
  changed: "veranderd",
  toAction: "Bekijk het voorstel",
  emptyTitle: "Er is nog geen product onderweg",
  emptyHint:
    "De scout leest elk uur de lijsten van de leveranciers en begint een reis voor wat het waard is.",
};
