import type { session as English } from "../en/session";

export const session: typeof English = {
  title: "Inloggen",
  about:
    "Hier keuren mensen goed, wijzigen of weigeren zij wat agents voorstellen, en zien zij wat ervan kwam.",
  sandbox: "Dit is een zandbak: winkel, geld en mensen zijn verzonnen. Je kiest zelf wie je wilt zijn.",
  onwards: "Daarna ga je verder op de pagina die je opende.",
  signIn: "Inloggen",
  choose: "Kies wie je wilt zijn",
  coming: "Bezig met inloggen",
  failed: {
    lost: "Deze aanmelding is niet hier begonnen",
    refused: "Je bent niet ingelogd",
    broken: "Inloggen is niet gelukt",
  },
  failedHint: {
    lost: "Misschien is zij twee keer geopend, of in een ander venster. Begin opnieuw.",
    refused: "Het is afgebroken of duurde te lang. Begin opnieuw.",
    broken:
      "De inlogdienst is niet bereikbaar, of gaf een antwoord dat niet te vertrouwen is. Probeer het opnieuw.",
  },
  startAgain: "Opnieuw beginnen",
  soon: "Je sessie eindigt",
  ended: "Je sessie is afgelopen",
  endedHint:
    "Log opnieuw in om verder te gaan. Deze pagina blijft zoals zij is, en wat je schreef is bewaard.",
  again: "Opnieuw inloggen",
  goOn: "Ingelogd blijven",
  waiting: "Wacht op het andere venster",
  you: "Jij",
  account: "Account",
  roles: "Rollen",
  noRoles: "Geen: vraag een eigenaar om een rol",
  machine: "Een machine: zij kijkt, en beslist niets",
  until: "Ingelogd tot",
  another: "Iemand anders zijn",
  signOut: "Uitloggen",
};
