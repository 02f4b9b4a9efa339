//! Stock of our own: when it is ordered again, when it is not, and what became of it.

use super::*;
use agent::{Draft, testing::record};
use domain::{
    Status,
    action::InventoryRestock,
    books::{self, Account, Dimension, Kind, Move},
    premise::Holds,
    retry::Earlier,
};
use time::Duration;

/// What the lamp's books and its feed come to: two a day, nine days' time, and a reorder point of 18.
const SOLD: u32 = 2;
const POINT: i64 = 8;

/// The small lamp with so many of our own, on sale for a month, and four days from its supplier.
fn keeps(own: i64) -> World {
    let mut shown = shown(499, 3);
    shown.insert("lamp-S".to_owned(), Shown { followed: Some(499), own: Some(own), ..Shown::default() });
    World {
        items: vec![lamp(500, 4)],
        orders: Some(Vec::new()),
        shown,
        since: Some(NOW - Duration::days(40)),
        ..World::default()
    }
}

fn sale(n: i64, units: u32) -> Entry {
    let paid = Move::new(Account::Receivable, Account::Revenue, Money::eur_cents(2000)).counting(Some(units));
    let (key, at) = (format!("sale/{n}"), NOW - Duration::days(n));
    Entry::new(Kind::Sale, key, at, vec![paid.about(Dimension::Product, "lamp-S")]).unwrap()
}

/// So many a day for so many days, today included.
fn sales(days: i64, units: u32) -> Vec<Entry> {
    (0..days).map(|n| sale(n, units)).collect()
}

fn restocks(turn: &Turn) -> Vec<(&Draft, &InventoryRestock)> {
    let restock = |draft: &'_ Draft| matches!(draft.action, Action::InventoryRestock(_));
    let all = turn.proposals.iter().filter(|draft| restock(draft));
    all.map(|draft| match &draft.action {
        Action::InventoryRestock(restock) => (draft, restock),
        _ => unreachable!(),
    })
    .collect()
}

fn quantities(turn: &Turn) -> Vec<u32> {
    restocks(turn).into_iter().map(|(_, restock)| restock.quantity).collect()
}

fn noted<'a>(turn: &'a Turn, source: &str) -> &'a Fact {
    turn.facts.iter().find(|fact| fact.source == source).unwrap()
}

#[tokio::test]
async fn at_the_reorder_point_the_economic_quantity_is_ordered_and_above_it_nothing() {
    // d = 2, σ = 0, L = 4: 8. D = 730, S = 15, H = 2.50: √8760 = 93.6
    for (own, wanted) in [(POINT + 1, vec![]), (POINT, vec![94]), (0, vec![94]), (-3, vec![94])] {
        let turn = looks_with(keeps(own), Vec::new(), sales(28, SOLD)).await;
        assert_eq!(quantities(&turn), wanted, "{own} of our own");
        let fact = noted(&turn, "product:variant/lamp-S");
        assert_eq!(
            (fact.fields["own"].clone(), fact.fields["short"].clone()),
            (own.to_string(), (POINT - own).to_string())
        );
        assert!(!noted(&turn, "product:variant/lamp-L").fields.contains_key("own"));
    }
}

#[tokio::test]
async fn a_proposal_says_what_it_rests_on_and_costs_what_the_supplier_says() {
    let asked = World { quote: Some((950, 4200)), ..keeps(5) };
    for (world, total, missing) in [(keeps(5), 94_000, 1), (asked, 94 * 950 + 4200, 0)] {
        let turn = looks_with(world, Vec::new(), sales(28, SOLD)).await;
        let (draft, restock) = restocks(&turn)[0];
        assert_eq!(restock.product, ProductKey { supplier: "Acme".to_owned(), sku: "lamp-S".to_owned() });
        assert_eq!((restock.total, draft.case.missing.len()), (Money::eur_cents(total), missing));
        assert_eq!(draft.case.reasoning, "5 units of our own are left; at 8 they are ordered again.");
        let own = "product:variant/lamp-S";
        let rests: Vec<_> =
            draft.premises.iter().map(|one| (one.source.as_str(), one.field.as_str(), one.holds.clone())).collect();
        assert_eq!(
            rests[..3],
            [
                (own, "short", Holds::AtLeast(0)),
                (own, "stock", Holds::AtLeast(94)),
                (own, "cost", Holds::Is("EUR 10.00".to_owned())),
            ]
        );
        let note = noted(&turn, "inventory:restock/lamp-S");
        assert_eq!((rests[3].0, rests[3].2.clone()), (note.source.as_str(), Holds::Is(note.fields["asked"].clone())));
        assert_eq!(note.fields["digest"], Digest::of(&draft.action).unwrap().to_string());
        for premise in &draft.premises {
            let fact = noted(&turn, &premise.source);
            assert!(premise.holds_for(fact.fields.get(&premise.field).map(String::as_str)), "{premise:?}");
        }
    }
}

#[tokio::test]
async fn what_is_not_known_orders_nothing_and_is_named() {
    let slow = |world: World| World {
        items: world.items.into_iter().map(|item| Item { shipping_days: None, ..item }).collect(),
        ..world
    };
    let young = |world: World| World { since: Some(NOW - Duration::days(5)), ..world };
    let cases = [(slow(keeps(0)), "days"), (young(keeps(0)), "history"), (slow(young(keeps(0))), "days,history")];
    for (world, lacks) in cases {
        let turn = looks_with(world, Vec::new(), sales(28, SOLD)).await;
        assert_eq!(quantities(&turn), [0; 0], "{lacks}");
        let fact = noted(&turn, "product:variant/lamp-S");
        assert_eq!((fact.fields["lacks"].as_str(), fact.fields.get("short")), (lacks, None));
    }
    // A day without a sale is known to be one: from the day on which it went on sale.
    let idle = looks_with(keeps(0), Vec::new(), Vec::new()).await;
    assert_eq!((quantities(&idle), noted(&idle, "product:variant/lamp-S").fields["short"].as_str()), (vec![], "0"));
    // Where none is kept nothing is looked up, and nothing is said.
    let none = looks_with(World { shown: shown(499, 3), ..keeps(0) }, Vec::new(), sales(28, SOLD)).await;
    assert_eq!(quantities(&none), [0; 0]);
    assert!(!noted(&none, "product:variant/lamp-S").fields.contains_key("lacks"));
}

#[tokio::test]
async fn a_supplier_that_has_too_little_is_asked_for_nothing() {
    let few = World { items: vec![lamp(93, 4)], ..keeps(0) };
    assert_eq!(quantities(&looks_with(few, Vec::new(), sales(28, SOLD)).await), [0; 0]);
    let none = World { quote: Some((0, 0)), ..keeps(0) };
    assert_eq!(quantities(&looks_with(none, Vec::new(), sales(28, SOLD)).await), [0; 0]);
}

/// The first proposal, and the note of it.
async fn proposed() -> (Action, Fact) {
    let turn = looks_with(keeps(5), Vec::new(), sales(28, SOLD)).await;
    (restocks(&turn)[0].0.action.clone(), noted(&turn, "inventory:restock/lamp-S").clone())
}

/// What is known of an effect that ended so, so long after it was asked for.
fn ended(status: Status, after: Duration) -> Effect {
    let last = Earlier {
        id: ActionId::of("earlier"),
        attempt: 1,
        status,
        note: None,
        by: None,
        at: NOW - Duration::days(40) + after,
    };
    Effect { open: None, last: Some(last) }
}

#[tokio::test]
async fn nothing_is_asked_for_twice_while_it_is_open_or_was_refused_lately() {
    let (action, note) = proposed().await;
    let digest = Digest::of(&action).unwrap();
    let open = Effect { open: Some(ActionId::of("open")), last: None };
    let early = Duration::minutes(1);
    // What was known, how long ago it was asked for, and whether it is asked for again.
    let cases = [
        (open.clone(), Duration::days(3), false),
        (Effect::default(), Duration::hours(1), false),
        (Effect::default(), Duration::days(2), true),
        (ended(Status::Rejected, early), Duration::hours(2), false),
        (ended(Status::Rejected, early), Duration::hours(25), true),
        (ended(Status::Failed, early), Duration::hours(2), false),
        (ended(Status::Expired, early), Duration::hours(25), true),
        (ended(Status::Simulated, early), Duration::days(11), false),
        (ended(Status::Simulated, early), Duration::days(12), true),
        // It was executed, and the books say so themselves.
        (ended(Status::Executed, early), Duration::hours(2), true),
        // That was another one, before.
        (ended(Status::Executed, -early), Duration::hours(2), false),
    ];
    for (effect, ago, again) in cases {
        let asked = case::stamp(NOW - ago);
        let mut note = note.clone();
        note.fields.insert("asked".to_owned(), asked);
        let shift = Duration::days(40) - ago;
        let last = effect.last.clone().map(|last| Earlier { at: last.at + shift, ..last });
        let effect = Effect { last, ..effect };
        let world = World { effects: [(digest.to_string(), effect.clone())].into(), ..keeps(5) };
        let turn = looks_with(world, vec![note], sales(28, SOLD)).await;
        assert_eq!(!quantities(&turn).is_empty(), again, "{effect:?} {ago}");
    }
}

fn bought(quantity: u32) -> InventoryRestock {
    InventoryRestock {
        product: ProductKey { supplier: "Acme".to_owned(), sku: "lamp-S".to_owned() },
        quantity,
        total: Money::eur_cents(94_000),
    }
}

#[tokio::test]
async fn what_is_on_order_counts_until_it_has_come_or_is_long_overdue() {
    let id = ActionId::of("bought");
    let ordered = |days: i64| books::restock(id, &bought(94), NOW - Duration::days(days)).unwrap();
    let come = || books::restock_in(id, &bought(94), NOW).unwrap();
    let back = || books::restock_back(id, &bought(94), NOW).unwrap();
    let cases = [
        (vec![ordered(0)], vec![]),
        // Four days and seven more.
        (vec![ordered(11)], vec![]),
        (vec![ordered(12)], vec![94]),
        (vec![ordered(2), come()], vec![94]),
        (vec![ordered(2), back()], vec![94]),
    ];
    for (entries, wanted) in cases {
        let keys: Vec<_> = entries.iter().map(|entry| (entry.key().to_owned(), entry.at())).collect();
        let all = sales(28, SOLD).into_iter().chain(entries).collect();
        assert_eq!(quantities(&looks_with(keeps(5), Vec::new(), all).await), wanted, "{keys:?}");
    }
}

#[tokio::test]
async fn what_a_person_ordered_by_hand_is_booked_once_and_what_came_is_no_longer_on_order() {
    let (action, note) = proposed().await;
    let record = record(action, Status::Simulated);
    let id = record.proposal.id;
    let Action::InventoryRestock(bought) = record.proposal.action.clone() else { unreachable!() };
    let key = |what: &str| format!("{what}/{id}");
    let entry = |what: &str| match what {
        "restock" => books::restock(id, &bought, NOW).unwrap(),
        "restock-in" => books::restock_in(id, &bought, NOW).unwrap(),
        _ => books::restock_back(id, &bought, NOW).unwrap(),
    };
    let cases: [(&str, &[&str], &[&str]); 8] = [
        ("PLACED", &[], &["restock"]),
        ("SHIPPED", &["restock"], &["restock"]),
        ("DELIVERED", &[], &["restock", "restock-in"]),
        ("DELIVERED", &["restock"], &["restock", "restock-in"]),
        ("FAILED", &["restock"], &["restock-back"]),
        ("FAILED", &[], &[]),
        ("FAILED", &["restock", "restock-in"], &[]),
        ("DELIVERED", &["restock", "restock-back"], &[]),
    ];
    for (state, known, wanted) in cases {
        let mut bench = Bench::of::<Inventory>();
        bench.known.entries = known.iter().map(|what| entry(what)).collect();
        bench.known.facts = vec![note.clone()];
        let said = json!({
            "id": "hand", "topic": "restock/confirmed", "from": "person:olivia", "triggered": "2026-11-20T11:00:00Z",
            "received": "2026-11-20T11:00:00Z",
            "said": { "about": "parcel", "what": { "supplier": "Acme", "number": id.to_string(), "state": state } },
        });
        let world = World { actions: vec![record.clone()], ..keeps(5) };
        let turn = bench.ask(&inventory(world), "news", said).await.unwrap();
        let keys: Vec<&str> = turn.entries.iter().map(Entry::key).collect();
        assert_eq!(keys, wanted.iter().map(|what| key(what)).collect::<Vec<_>>(), "{state} after {known:?}");
        assert_eq!(turn.facts[0].fields["said"], state);
    }
}
