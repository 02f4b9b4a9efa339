//! Shoppers that do not exist, the same ones for the same number. Names are put together at
//! random, streets are invented, mail domains are reserved for examples (RFC 2606).

use super::address::Address;
use rust_decimal::Decimal;

const FIRST: [&str; 16] = [
    "Alva", "Bruno", "Celeste", "Dorian", "Edda", "Falk", "Greta", "Hanno", "Ilka", "Jonte", "Kira", "Ludo", "Marit",
    "Nuria", "Oskar", "Pia",
];
const LAST: [&str; 16] = [
    "Abendroth",
    "Birkenau",
    "Castell",
    "Dornfeld",
    "Eichwald",
    "Farnbach",
    "Grauer",
    "Holmgard",
    "Immerzeit",
    "Jarosz",
    "Kaltwasser",
    "Lindqvist",
    "Morgental",
    "Nachtweh",
    "Osterfeld",
    "Pellegrin",
];
const STREETS: [&str; 8] = [
    "Lantern Street",
    "Old Mill Lane",
    "Orchard Row",
    "Harbour Steps",
    "Juniper Way",
    "Clockmaker Alley",
    "Long Meadow",
    "Station Court",
];

/// A place where shoppers live.
struct Town {
    city: &'static str,
    zip: &'static str,
    country: &'static str,
    code: &'static str,
    prefix: &'static str,
    locale: &'static str,
}

const TOWNS: [Town; 10] = [
    Town { city: "Hamburg", zip: "20095", country: "Germany", code: "DE", prefix: "+49 40", locale: "de" },
    Town { city: "Leipzig", zip: "04109", country: "Germany", code: "DE", prefix: "+49 341", locale: "de" },
    Town { city: "Graz", zip: "8010", country: "Austria", code: "AT", prefix: "+43 316", locale: "de" },
    Town { city: "Lyon", zip: "69002", country: "France", code: "FR", prefix: "+33 4", locale: "fr" },
    Town { city: "Utrecht", zip: "3511", country: "Netherlands", code: "NL", prefix: "+31 30", locale: "nl" },
    Town { city: "Ghent", zip: "9000", country: "Belgium", code: "BE", prefix: "+32 9", locale: "nl" },
    Town { city: "Valencia", zip: "46001", country: "Spain", code: "ES", prefix: "+34 96", locale: "es" },
    Town { city: "Bologna", zip: "40121", country: "Italy", code: "IT", prefix: "+39 051", locale: "it" },
    Town { city: "Gdansk", zip: "80-001", country: "Poland", code: "PL", prefix: "+48 58", locale: "pl" },
    Town { city: "Cork", zip: "T12 A0XY", country: "Ireland", code: "IE", prefix: "+353 21", locale: "en" },
];

/// Where a shopper lives when nothing says otherwise.
const HOME: &Town =
    &Town { city: "Hamburg", zip: "20095", country: "Germany", code: "DE", prefix: "+49 40", locale: "de" };

/// Standard rates of value-added tax in 2026, in per mille; the shop charges none elsewhere.
const RATES: [(&str, i64); 13] = [
    ("AT", 200),
    ("BE", 210),
    ("CZ", 210),
    ("DE", 190),
    ("DK", 250),
    ("ES", 210),
    ("FI", 255),
    ("FR", 200),
    ("IE", 230),
    ("IT", 220),
    ("NL", 210),
    ("PL", 230),
    ("SE", 250),
];

/// A shopper.
pub(super) struct Person {
    pub(super) address: Address,
    pub(super) email: String,
    pub(super) locale: String,
    pub(super) ip: String,
}

/// A source of numbers that look random and are the same for the same seed (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from(self.roll() % limit).unwrap_or_default()
    }

    /// One of a list; `None` of an empty one.
    pub(super) fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let place = self.below(list.len());
        list.get(place)
    }
}

/// The shopper of a seed. Every fourth seed comes back as the one before.
pub(super) fn person(seed: u64) -> Person {
    let who = if seed % 4 == 3 { seed.saturating_sub(1) } else { seed };
    let mut dice = Dice::new(who.wrapping_mul(0x5851_F42D_4C95_7F2D));
    let first = dice.of(&FIRST).copied().unwrap_or_default();
    let last = dice.of(&LAST).copied().unwrap_or_default();
    let town = dice.of(&TOWNS).unwrap_or(HOME);
    let street = dice.of(&STREETS).copied().unwrap_or_default();
    let house = dice.below(98);
    Person {
        email: format!("{}.{}.{who}@example.com", first.to_lowercase(), last.to_lowercase()),
        locale: town.locale.to_owned(),
        ip: format!("203.0.113.{}", dice.below(254)),
        address: Address {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            company: None,
            address1: format!("{street} {}", house.saturating_add(1)),
            address2: None,
            zip: town.zip.to_owned(),
            city: town.city.to_owned(),
            country: town.country.to_owned(),
            country_code: town.code.to_owned(),
            phone: Some(format!("{} 555 {:04}", town.prefix, dice.below(10_000))),
        },
    }
}

/// The rate of tax that the shop charges to a country, in percent.
pub(super) fn tax_rate(country: &str) -> Decimal {
    let rate = RATES.iter().find(|(code, _)| *code == country).map_or(0, |(_, rate)| *rate);
    Decimal::new(rate, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_is_the_same_person_and_every_fourth_comes_back() {
        assert_eq!(person(8).email, person(8).email);
        assert_eq!(person(2).email, person(3).email);
        let people: std::collections::BTreeSet<_> = (0..100).map(|n| person(n).email).collect();
        assert_eq!(people.len(), 75);
        assert!(people.iter().all(|mail| mail.ends_with("@example.com")));
    }
}
