import type { Messages } from "../en";

export const problems: Messages["problems"] = {
  title: {
    offline: "Geen verbinding",
    slow: "Geen antwoord op tijd",
    session: "Uw sessie is voorbij",
    forbidden: "Uw rol mag dit niet",
    missing: "Dit is er niet",
    conflict: "Iemand was eerder",
    changed: "Dit is veranderd sinds u het opende",
    invalid: "Hier klopt iets niet",
    busy: "Te veel verzoeken tegelijk",
    broken: "Het systeem kon dit niet doen",
  },
  todo: {
    offline: "Controleer uw verbinding. Wat u schreef is bewaard, en niets is dubbel verstuurd.",
    slow: "Het kan toch zijn aangekomen. Opnieuw proberen is veilig: het telt één keer.",
    session: "Meld u opnieuw aan. Wat u schreef is bewaard.",
    forbidden: "Vraag iemand met een rol die dit mag, of vraag een eigenaar om de rol.",
    missing: "Er is misschien al over beslist. Ga terug naar de lijst.",
    conflict: "Kijk wat er is besloten. Uw stem is niet geteld.",
    changed: "Kijk wat er nieuw is en beslis dan opnieuw.",
    invalid: "Verander het genoemde veld en verstuur het opnieuw.",
    busy: "Wacht even. Opnieuw proberen is veilig.",
    broken: "Probeer het over een minuut opnieuw. Blijft het zo, meld het dan aan wie het systeem beheert.",
  },
  wait: (seconds) => `Probeer het over ${seconds} s opnieuw.`,
  crashed: "Dit deel van de pagina werkt niet",
  crashedHint: "Er is niets verstuurd. Laad dit deel opnieuw; wat u schreef is bewaard.",
  oldData: (when) => `Wat u ziet is van ${when}.`,
};
