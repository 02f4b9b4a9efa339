//! What orders can wait for, in words.

/// Code, what is waited for and what would help, each in English and Dutch.
pub(super) type Told = (&'static str, [&'static str; 2], [&'static str; 2]);

pub(super) const PAYMENT: Told = (
    "PAYMENT",
    ["The customer's payment", "De betaling van de klant"],
    [
        "It goes on by itself once the shop says that it is paid.",
        "Het gaat vanzelf verder zodra de winkel meldt dat er betaald is.",
    ],
);
pub(super) const UNPAID: Told = (
    "UNPAID",
    ["Nothing: there is no payment any more", "Niets: er is geen betaling meer"],
    [
        "Cancel it in the shop, unless the customer pays again.",
        "Annuleer de bestelling in de winkel, tenzij de klant alsnog betaalt.",
    ],
);
pub(super) const TRIAL: Told = (
    "TRIAL",
    ["Nothing: it is a trial order", "Niets: het is een proefbestelling"],
    ["Nothing is bought for a trial order.", "Voor een proefbestelling wordt niets ingekocht."],
);
pub(super) const CHECK: Told = (
    "CHECK",
    ["The fraud check", "De fraudecontrole"],
    [
        "It is looked at at once; what nobody answers within an hour is asked again.",
        "Er wordt meteen gekeken; wat een uur onbeantwoord blijft, wordt opnieuw gevraagd.",
    ],
);
pub(super) const CHECKS: Told = (
    "CHECKS",
    ["Its further checks", "De aanvullende controles"],
    [
        "It is looked at again every hour, and when the shop says more. A person can ask for its release.",
        "Elk uur wordt opnieuw gekeken, en als de winkel meer meldt. Iemand kan vragen om vrijgave.",
    ],
);
pub(super) const DECISION: Told = (
    "DECISION",
    ["A person, who lets it go or cancels it", "Iemand die de bestelling vrijgeeft of annuleert"],
    [
        "Decide the request about it, or cancel the order in the shop.",
        "Beslis over het verzoek, of annuleer de bestelling in de winkel.",
    ],
);
pub(super) const BLOCKED: Told = (
    "BLOCKED",
    ["A person, who cancels it", "Iemand die de bestelling annuleert"],
    [
        "A blocked order is never sent: cancel it in the shop, which pays the customer back.",
        "Een geblokkeerde bestelling wordt nooit verstuurd: annuleer haar in de winkel, dan krijgt de klant het geld terug.",
    ],
);
pub(super) const HOLD: Told = (
    "HOLD",
    ["Whoever holds it", "Wie de bestelling vasthoudt"],
    [
        "Ask for its release here, or release it in the shop.",
        "Vraag hier om vrijgave, of geef de bestelling vrij in de winkel.",
    ],
);
pub(super) const CHOICE: Told = (
    "CHOICE",
    ["The choice of a supplier", "De keuze van een leverancier"],
    [
        "A supplier is chosen at once; what nobody answers within an hour is asked again.",
        "Er wordt meteen een leverancier gekozen; wat een uur onbeantwoord blijft, wordt opnieuw gevraagd.",
    ],
);
pub(super) const SUPPLIER: Told = (
    "SUPPLIER",
    ["The supplier, to confirm", "De bevestiging van de leverancier"],
    [
        "It goes on by itself once the supplier has confirmed; one that does not answer is asked again.",
        "Het gaat vanzelf verder zodra de leverancier heeft bevestigd; wie niet antwoordt, wordt opnieuw gevraagd.",
    ],
);
pub(super) const APPROVAL: Told = (
    "APPROVAL",
    [
        "A person, who agrees to the order with the supplier",
        "Iemand die akkoord gaat met de bestelling bij de leverancier",
    ],
    ["Decide the request.", "Beslis over het verzoek."],
);
pub(super) const STOP: Told = (
    "STOP",
    ["A stop, to be lifted", "Het opheffen van een stop"],
    [
        "It goes on by itself once whatever is stopped may run again.",
        "Het gaat vanzelf verder zodra wat gestopt is weer mag lopen.",
    ],
);
pub(super) const BY_HAND: Told = (
    "BY_HAND",
    ["Somebody, who orders it by hand", "Iemand die met de hand bestelt"],
    [
        "Take the slip of the action, order with the supplier, and enter the supplier's number.",
        "Neem de bestelbon van de actie, bestel bij de leverancier en vul diens nummer in.",
    ],
);
pub(super) const SHIPMENT: Told = (
    "SHIPMENT",
    ["The supplier, to send it", "De verzending door de leverancier"],
    [
        "It goes on by itself once the supplier says that it is on its way.",
        "Het gaat vanzelf verder zodra de leverancier meldt dat het onderweg is.",
    ],
);
pub(super) const DELIVERY: Told = (
    "DELIVERY",
    ["The carrier, to deliver it", "De bezorging"],
    [
        "It goes on by itself once the carrier says that it has arrived.",
        "Het gaat vanzelf verder zodra de vervoerder meldt dat het is aangekomen.",
    ],
);
pub(super) const STUCK: Told = (
    "STUCK",
    ["A person: no supplier sends it", "Een persoon: geen leverancier verstuurt het"],
    [
        "Decide the request to cancel it, change its lines in the shop, or wait: suppliers are asked again every hour.",
        "Beslis over het verzoek om te annuleren, wijzig de regels in de winkel, of wacht: elk uur worden leveranciers opnieuw gevraagd.",
    ],
);
pub(super) const TAX: Told = (
    "TAX",
    ["Its VAT, which nobody knows yet", "De btw, die nog onbekend is"],
    [
        "It is booked once its VAT is known: where the agent cannot find it, a person says how it is taxed.",
        "De bestelling wordt geboekt zodra de btw bekend is: kan de agent die niet vinden, dan zegt iemand hoe ze belast is.",
    ],
);
