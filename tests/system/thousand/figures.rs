//! What a run came to, for whoever looks: printed, never asserted.

use crate::{table::Table, world::World};
use domain::{AuditRecord, News, Order, audit::Entry, news::Said};
use std::{collections::BTreeMap, fmt::Write as _, time::Instant};
use time::{Duration, OffsetDateTime};

/// What an order passes on its way to its first supplier, as its own record and its action's name it.
const STEPS: [&str; 6] = ["received", "checked", "suppliers chosen", "judged", "claimed", "executed"];

/// The begin of a run, by this machine's clock.
pub(super) struct Figures(Instant);

impl Figures {
    pub(super) fn begin() -> Self {
        Self(Instant::now())
    }

    /// How fast the orders went, and how long each took from its message to its supplier by the world's time.
    pub(super) fn tell(&self, orders: &[Order], table: &Table) {
        let (count, took) = (orders.len(), self.0.elapsed());
        println!(
            "{count} orders in {} s: {} a minute",
            took.as_secs(),
            count as u128 * 60_000 / took.as_millis().max(1)
        );
        let accepted = accepted(table);
        let all: Vec<Vec<Option<Duration>>> = orders.iter().map(|order| steps(order, &accepted, table)).collect();
        let mut told = String::new();
        for (at, step) in STEPS.iter().enumerate() {
            let mut times: Vec<Duration> = all.iter().filter_map(|steps| steps[at]).collect();
            times.sort_unstable();
            let of =
                |percent: usize| times.get(times.len() * percent / 100).map_or(0, |time| time.whole_milliseconds());
            write!(told, "; {step} {} / {} / {} ({})", of(50), of(75), of(95), times.len()).unwrap();
        }
        println!("ms from the message, p50 / p75 / p95 (orders){told}");
    }
}

/// When the first message of each order was kept.
fn accepted(table: &Table) -> BTreeMap<String, OffsetDateTime> {
    let mut first = BTreeMap::new();
    for body in table.bodies("WEBHOOK") {
        let Ok(news) = serde_json::from_value::<News>(body) else { continue };
        let Said::Order(snapshot) = news.said else { continue };
        let at = first.entry(snapshot.order).or_insert(news.received);
        *at = news.received.min(*at);
    }
    first
}

/// How long after its message an order came to each step.
fn steps(order: &Order, accepted: &BTreeMap<String, OffsetDateTime>, table: &Table) -> Vec<Option<Duration>> {
    let began = accepted.get(order.id()).copied().unwrap_or(order.created).min(order.created);
    let mut links = table.chain(&format!("ORDER#{}", order.id()));
    if let Some(parcel) = order.parcels.first() {
        links.extend(table.chain(&format!("ACTION#{}", parcel.action)));
    }
    let at = |step: &str| {
        let named = |Entry { what, .. }: &Entry| what.ends_with(step);
        let at: Vec<&AuditRecord> = links.iter().filter(|link| named(&link.entry)).collect();
        at.iter().map(|link| link.at - began).min()
    };
    STEPS.iter().map(|step| at(step)).collect()
}

/// How a world's faults are told.
pub(super) fn told(met: &BTreeMap<String, u64>) -> String {
    let told: Vec<String> = met.iter().map(|(fault, times)| format!("{fault} {times}")).collect();
    told.join(", ")
}

/// How many parcels did not come from where they were asked for first, and why, for people.
pub(super) fn setbacks(orders: &[Order]) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    let failed =
        orders.iter().flat_map(|order| &order.parcels).filter(|p| p.state == domain::order::ParcelState::Failed);
    for parcel in failed {
        let why = parcel.reason.as_deref().unwrap_or("-");
        *all.entry(why.split(": ").next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    all
}

/// How many things in the world's mirror have which status.
pub(super) fn placed(world: &World) -> usize {
    world.mirror.among("ORDER", &["ORDERED", "SHIPPED", "DELIVERED", "HELD"])
}
