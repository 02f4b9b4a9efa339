use super::*;
use crate::{
    ActionId, Money, Order,
    action::{InventoryRestock, ProductKey},
    order::{Line, Parcel, ParcelState, Payment, Portion, Refund, RefundLine, Snapshot, Taxed, Totals, Treatment},
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime, macros::datetime};

const PLACED: OffsetDateTime = datetime!(2026-06-30 23:10 UTC);
const TERMS: Terms = Terms { basis_points: 290, fixed_cents: 30 };

fn eur(cents: i32) -> Money {
    Money::eur_cents(cents)
}

fn line(n: usize, quantity: u32, cents: i32) -> Line {
    Line {
        id: format!("line-{n}"),
        sku: Some(format!("sku-{n}")),
        product: None,
        variant: None,
        title: format!("Thing {n}"),
        quantity,
        price: eur(cents),
        discount: eur(0),
        tax: eur(0),
        ships: true,
    }
}

/// An order of these lines (units, cents) and this shipping, paid, German VAT.
fn order(id: &str, lines: &[(u32, i32)], shipping: i32) -> Order {
    let lines: Vec<Line> = lines.iter().enumerate().map(|(n, (units, cents))| line(n, *units, *cents)).collect();
    let subtotal: i32 = lines
        .iter()
        .map(|l| i32::try_from(l.price.cents().unwrap()).unwrap() * i32::try_from(l.quantity).unwrap())
        .sum();
    let totals = Totals {
        subtotal: eur(subtotal),
        shipping: eur(shipping),
        tax: eur(0),
        discount: eur(0),
        total: eur(subtotal + shipping),
        outstanding: eur(0),
    };
    let shop = Snapshot {
        order: id.to_owned(),
        name: format!("#{id}"),
        customer: format!("guest-{id}"),
        country: Some("DE".to_owned()),
        payment: Payment::Paid,
        taxes_included: true,
        lines,
        totals,
        test: false,
        cancelled: None,
        placed: PLACED,
        updated: PLACED + Duration::minutes(1),
    };
    let taxed = Taxed {
        treatment: Treatment::Oss,
        country: Some("DE".to_owned()),
        rate: Decimal::from(19),
        tax: within(&eur(subtotal + shipping), Decimal::from(19)).unwrap(),
        evidence: Vec::new(),
        on: "2026-06-30".to_owned(),
    };
    Order { taxed: Some(taxed), ..Order::new(shop, PLACED) }
}

fn refund(id: &str, cents: i32, lines: Vec<RefundLine>, after: Duration) -> Refund {
    Refund { id: id.to_owned(), order: "1".to_owned(), amount: eur(cents), lines, at: PLACED + after }
}

fn parcel(name: &str, cents: i32, state: ParcelState) -> Parcel {
    Parcel {
        action: ActionId::of(name),
        supplier: "acme".to_owned(),
        portions: vec![Portion { line: "line-0".to_owned(), sku: "sku-0".to_owned(), quantity: 1 }],
        cost: eur(cents),
        state,
        remote: Some("R1".to_owned()),
        tracking: None,
        announced: None,
        reason: None,
        updated: PLACED,
    }
}

fn total(entries: &[Entry]) -> Sums {
    let month = |entry: &Entry| {
        let all = slots(entry).into_iter().find(|(slot, _)| slot.of.is_none() && slot.grain == Grain::Month);
        all.unwrap().1
    };
    entries.iter().fold(Sums::default(), |mut sums, entry| {
        sums.add(&month(entry));
        sums
    })
}

fn euros(sums: &Sums, account: Account) -> String {
    sums.amount(account, crate::Currency::EUR).to_string()
}

#[test]
fn a_sale_is_divided_into_goods_shipping_and_vat_to_the_cent() {
    let order = order("1", &[(2, 1000), (1, 333)], 495);
    let entries = of_order(&order, Some(TERMS)).unwrap();
    assert_eq!(entries.iter().map(Entry::key).collect::<Vec<_>>(), ["sale/1", "fee/1"]);
    let sums = total(&entries);
    assert_eq!(euros(&sums, Account::Vat), "4.52");
    assert_eq!(euros(&sums, Account::ShippingIncome), "4.16");
    assert_eq!(euros(&sums, Account::Revenue), "19.60");
    assert_eq!(euros(&sums, Account::Fees), "1.12");
    assert_eq!(euros(&sums, Account::Receivable), "27.16");
    assert_eq!((sums.count(Kind::Sale), sums.count(Kind::Fee)), (1, 1));
    let of: Vec<_> = entries[0].moves().iter().filter_map(|one| one.of.get(&Dimension::Product)).collect();
    assert_eq!(of, ["sku-0", "sku-1"]);
    assert!(entries[0].moves().iter().all(|one| one.of[&Dimension::Vat] == "oss/DE/19"));
}

#[test]
fn nothing_is_booked_before_the_money_was_taken_and_the_vat_is_known() {
    let sold = order("1", &[(1, 1000)], 0);
    let unpaid = |payment| Order { shop: Snapshot { payment, ..sold.shop.clone() }, ..sold.clone() };
    let cases = [
        unpaid(Payment::Pending),
        unpaid(Payment::Authorized),
        unpaid(Payment::Voided),
        // the shop speaks of a refund that was not told yet
        unpaid(Payment::PartiallyRefunded),
        Order { taxed: None, ..sold.clone() },
        Order { shop: Snapshot { test: true, ..sold.shop.clone() }, ..sold.clone() },
    ];
    for order in cases {
        assert!(of_order(&order, Some(TERMS)).unwrap().is_empty(), "{:?}", order.shop.payment);
    }
}

#[test]
fn a_refund_has_the_rate_of_the_sale_and_names_its_quarter() {
    let mut sold = order("1", &[(2, 1190)], 0);
    let part =
        RefundLine { line: "line-0".to_owned(), quantity: 1, subtotal: eur(1000), tax: eur(190), restocked: true };
    sold.refunds = vec![refund("r1", 1190, vec![part], Duration::days(2))];
    let entries = of_order(&sold, None).unwrap();
    let back = &entries[1];
    assert_eq!((back.key(), Grain::Month.period(back.at()).as_str()), ("refund/r1", "2026-07"));
    let amounts: Vec<_> = back.moves().iter().map(|one| (one.debit, one.amount.to_string())).collect();
    assert_eq!(amounts, [(Account::Vat, "EUR 1.90".to_owned()), (Account::Refunds, "EUR 10.00".to_owned())]);
    assert!(back.moves().iter().all(|one| one.of[&Dimension::Vat] == "oss/DE/19/2026-q2"));
    assert_eq!(back.moves()[1].of[&Dimension::Product], "sku-0");
}

/// The sums of one product.
fn of_product(entries: &[Entry], sku: &str) -> Sums {
    let is_it = |slot: &Slot| slot.of == Some(Dimension::Product) && slot.grain == Grain::Month && slot.name == sku;
    let slots = entries.iter().flat_map(slots).filter(|(slot, _)| is_it(slot));
    slots.fold(Sums::default(), |mut all, (_, sums)| {
        all.add(&sums);
        all
    })
}

#[test]
fn units_are_counted_with_the_money_and_only_what_is_for_sale_again_is_taken_back() {
    let mut sold = order("1", &[(3, 1190), (2, 0)], 0);
    let sums = of_order(&sold, Some(TERMS)).unwrap();
    assert_eq!((of_product(&sums, "sku-0").units_sold(), of_product(&sums, "sku-1").units_sold()), (3, 2));
    assert_eq!(total(&sums).units(Kind::Sale), 5);
    for (restocked, left) in [(true, 2), (false, 3)] {
        let part = RefundLine { line: "line-0".to_owned(), quantity: 1, subtotal: eur(1000), tax: eur(190), restocked };
        sold.refunds = vec![refund("r1", 1190, vec![part], Duration::days(2))];
        let entries = of_order(&sold, Some(TERMS)).unwrap();
        assert_eq!(of_product(&entries, "sku-0").units_sold(), left, "{restocked}");
        assert!(total(&entries).difference().is_empty() && total(&entries).currencies().len() == 1);
    }
}

#[test]
fn what_costs_nothing_has_no_tax_however_small_the_rest() {
    let mut tiny = order("1", &[(1, 0), (1, 1)], 8);
    tiny.taxed.as_mut().unwrap().rate = Decimal::from(6);
    let sums = of_order(&tiny, Some(TERMS)).unwrap();
    assert_eq!((of_product(&sums, "sku-0").units_sold(), euros(&total(&sums), Account::Vat)), (1, "0.01".into()));
}

#[test]
fn what_was_written_before_units_were_kept_is_still_the_same() {
    let sold = order("1", &[(3, 1190), (2, 0)], 0);
    let now = of_order(&sold, None).unwrap().remove(0);
    let mut row = serde_json::to_value(&now).unwrap();
    let moves = row["moves"].as_array_mut().unwrap();
    moves.retain(|one| one["amount"]["amount"] != "0.00");
    moves.iter_mut().for_each(|one| drop(one.as_object_mut().unwrap().remove("units")));
    let before: Entry = serde_json::from_value(row).unwrap();
    assert!(now.same(&before) && before.same(&now) && now != before);
    let more = order("1", &[(4, 1190), (2, 0)], 0);
    let more = of_order(&more, None).unwrap().remove(0);
    assert!(!now.same(&more) && !more.same(&before));
}

#[test]
fn stock_of_our_own_is_an_asset_and_no_expense_until_it_goes_back() {
    let bought = InventoryRestock {
        product: ProductKey { supplier: "acme".to_owned(), sku: "sku-0".to_owned() },
        quantity: 94,
        total: eur(94_000),
    };
    let entry = restock(ActionId::of("bought"), &bought, PLACED).unwrap();
    let sums = total(std::slice::from_ref(&entry));
    assert_eq!(
        (euros(&sums, Account::Stock), euros(&sums, Account::SupplierPayable)),
        ("940.00".into(), "940.00".into())
    );
    let statement = Statement::of(&sums, crate::Currency::EUR);
    assert_eq!((statement.profit(), statement.goods, statement.expenses), Default::default());
    assert_eq!(of_product(std::slice::from_ref(&entry), "sku-0").units(Kind::Restock), 94);
    let back = restock_back(ActionId::of("bought"), &bought, PLACED).unwrap();
    let sums = total(&[entry, back]);
    assert_eq!((euros(&sums, Account::Stock), euros(&sums, Account::SupplierPayable)), ("0.00".into(), "0.00".into()));
    assert_eq!((sums.units(Kind::Restock), sums.units(Kind::RestockBack), sums.units_sold()), (94, 94, 0));
}

#[test]
fn a_full_refund_leaves_nothing_but_the_fee_and_an_early_snapshot_changes_nothing() {
    let mut sold = order("1", &[(3, 777), (1, 1)], 399);
    sold.refunds = vec![refund("r1", 3 * 777 + 1 + 399, Vec::new(), Duration::hours(1))];
    sold.shop.cancelled = Some(PLACED + Duration::hours(1));
    let early = of_order(&sold, Some(TERMS)).unwrap();
    let sums = total(&early);
    assert_eq!(
        (euros(&sums, Account::Vat), euros(&sums, Account::Receivable)),
        ("0.00".into(), format!("-{}", euros(&sums, Account::Fees)))
    );
    // the same order as the shop tells of it after the refund
    sold.shop.payment = Payment::Refunded;
    sold.shop.updated = PLACED + Duration::hours(2);
    sold.shop.totals.total = eur(0);
    let late = of_order(&sold, Some(TERMS)).unwrap();
    assert_eq!(total(&late), sums);
}

#[test]
fn a_parcel_costs_what_its_supplier_charges_until_it_takes_it_back() {
    let mut sold = order("1", &[(1, 3000)], 0);
    let cases = [(ParcelState::Asked, None), (ParcelState::Placed, Some("12.34")), (ParcelState::Failed, Some("0.00"))];
    for (state, cost) in cases {
        sold.parcels = vec![parcel("one", 1234, state)];
        let entries = of_order(&sold, None).unwrap();
        let costs: Vec<Entry> = entries.into_iter().filter(|entry| entry.kind() != Kind::Sale).collect();
        let cogs = (!costs.is_empty()).then(|| euros(&total(&costs), Account::Cogs));
        assert_eq!(cogs.as_deref(), cost, "{state:?}");
    }
    sold.parcels = vec![Parcel { remote: None, ..parcel("never placed", 1234, ParcelState::Failed) }];
    assert_eq!(of_order(&sold, None).unwrap().len(), 1);
}

#[test]
fn an_order_of_many_products_is_several_entries_that_are_the_whole() {
    let many: Vec<(u32, i32)> = (1..=90).map(|n| (1, n * 7)).collect();
    let sold = order("1", &many, 500);
    let entries = of_order(&sold, None).unwrap();
    assert_eq!(entries.iter().map(Entry::key).collect::<Vec<_>>(), ["sale/1", "sale/1/1", "sale/1/2"]);
    let sums = total(&entries);
    assert_eq!(sums.amount(Account::Receivable, crate::Currency::EUR), sold.shop.totals.total.amount());
    assert_eq!((sums.count(Kind::Sale), sums.count(Kind::SaleMore)), (1, 2));
    assert!(entries.iter().all(|entry| slots(entry).len() <= 72), "one entry fits one transaction");
}

#[test]
fn an_entry_that_was_changed_in_the_table_is_no_entry() {
    let entry = expense("Landlord", "2026-07", eur(50_000), PLACED).unwrap();
    let json = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&json).unwrap(), entry);
    let negative = json.replace("500.00", "-500.00");
    assert!(serde_json::from_str::<Entry>(&negative).unwrap_err().to_string().contains("turn the move around"));
    assert!(serde_json::from_str::<Entry>(&json.replace("\"moves\"", "\"postings\"")).is_err());
}

#[test]
fn periods_of_one_length_sort_as_time_does() {
    let at = datetime!(2027-01-01 00:30 +02:00);
    let periods = Grain::ALL.map(|grain| grain.period(at));
    assert_eq!(periods, ["2026-12-31T22", "2026-12-31", "2026-W53", "2026-12"]);
    let quarter = Quarter::of(at);
    assert_eq!((quarter.to_string(), quarter.before().to_string()), ("2026-q4".to_owned(), "2026-q3".to_owned()));
    assert_eq!(quarter.months(), ["2026-10", "2026-11", "2026-12"]);
}

/// What can happen to one order, in figures.
#[derive(Debug, Clone)]
struct History {
    lines: Vec<(u32, i32)>,
    shipping: i32,
    rate: u32,
    hours: i64,
    cost: i32,
    failed: bool,
    refunds: Vec<(u32, i64)>,
}

fn histories() -> impl Strategy<Value = Vec<History>> {
    let lines = prop::collection::vec((1..5_u32, 0..20_000_i32), 1..6);
    let refunds = prop::collection::vec((1..60_u32, 0..3000_i64), 0..4);
    let one = (lines, 0..2000_i32, 0..28_u32, 0..2000_i64, 0..9000_i32, any::<bool>(), refunds);
    let one = one.prop_map(|(lines, shipping, rate, hours, cost, failed, refunds)| History {
        lines,
        shipping,
        rate,
        hours,
        cost,
        failed,
        refunds,
    });
    prop::collection::vec(one, 1..12)
}

/// The order at the end of its history; refunds never exceed what was paid.
fn lived(n: usize, history: &History) -> Order {
    let id = n.to_string();
    let mut order = order(&id, &history.lines, history.shipping);
    order.shop.placed += Duration::hours(history.hours);
    order.shop.updated = order.shop.placed;
    if let Some(taxed) = &mut order.taxed {
        taxed.rate = Decimal::from(history.rate);
    }
    let state = if history.failed { ParcelState::Failed } else { ParcelState::Delivered };
    order.parcels = vec![parcel(&format!("parcel {n}"), history.cost, state)];
    let mut left = order.shop.totals.total;
    for (k, (percent, hours)) in history.refunds.iter().enumerate() {
        let part = left.amount() * Decimal::from(*percent) / Decimal::ONE_HUNDRED;
        let amount = Money::rounded(part, left.currency()).unwrap();
        left = left.minus(&amount).unwrap();
        let at = order.shop.placed + Duration::hours(*hours) + Duration::minutes(1);
        order.refunds.push(Refund { id: format!("{n}-{k}"), order: id.clone(), amount, lines: Vec::new(), at });
    }
    order
}

/// Every sum, from both sides of every move of every entry, without [`slots`].
fn recomputed(entries: &[Entry], of: Option<Dimension>, grain: Grain) -> BTreeMap<(String, String, String), i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        for one in entry.moves() {
            let name = match of {
                None => String::new(),
                Some(dimension) => match one.of.get(&dimension) {
                    Some(name) => name.clone(),
                    None => continue,
                },
            };
            let cents = one.amount.cents().unwrap();
            for (account, cents) in [(one.debit, cents), (one.credit, -cents)] {
                let column = format!("{account}|{}", one.amount.currency());
                *sums.entry((grain.period(entry.at()), name.clone(), column)).or_insert(0) += cents;
            }
            if let Some(units) = one.units {
                let column = format!("u|{}", entry.kind());
                *sums.entry((grain.period(entry.at()), name.clone(), column)).or_insert(0) += i64::from(units);
            }
        }
    }
    sums
}

/// The books as the table keeps them: each entry once by its key, and its slots with it.
fn booked<'a>(entries: impl Iterator<Item = &'a Entry>) -> (BTreeMap<String, Entry>, BTreeMap<Slot, Sums>) {
    let (mut kept, mut sums): (BTreeMap<String, Entry>, BTreeMap<Slot, Sums>) = Default::default();
    for entry in entries {
        if kept.insert(entry.key().to_owned(), entry.clone()).is_none() {
            for (slot, part) in slots(entry) {
                sums.entry(slot).or_default().add(&part);
            }
        }
    }
    (kept, sums)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn books_balance_to_the_cent_whatever_happens_and_are_the_sums_of_their_entries(histories in histories()) {
        let orders: Vec<Order> = histories.iter().enumerate().map(|(n, history)| lived(n, history)).collect();
        let entries: Vec<Entry> = orders.iter().flat_map(|order| of_order(order, Some(TERMS)).unwrap()).collect();
        for entry in &entries {
            prop_assert_eq!(entry.postings().map(|posting| posting.minor).sum::<i64>(), 0);
            prop_assert!(serde_json::from_str::<Entry>(&serde_json::to_string(entry).unwrap()).unwrap() == *entry);
        }
        let (_, sums) = booked(entries.iter());
        for all in sums.values() {
            prop_assert!(all.difference().is_empty());
        }
        for (of, grains) in [(None, &Grain::ALL[..]), (Some(Dimension::Product), &[Grain::Day, Grain::Month]), (Some(Dimension::Vat), &[Grain::Day, Grain::Month])] {
            for grain in grains {
                let here = sums.iter().filter(|(slot, _)| slot.of == of && slot.grain == *grain);
                let kept: BTreeMap<_, _> = here
                    .flat_map(|(slot, sums)| sums.columns().map(move |(column, cents)| {
                        ((slot.period.clone(), slot.name.clone(), column.to_owned()), cents)
                    }))
                    .filter(|((_, _, column), _)| !column.starts_with("n|"))
                    .collect();
                prop_assert_eq!(kept, recomputed(&entries, of, *grain));
            }
        }
    }

    #[test]
    fn every_event_twice_and_in_any_order_makes_the_same_books(histories in histories(), seed in any::<u64>()) {
        let orders: Vec<Order> = histories.iter().enumerate().map(|(n, history)| lived(n, history)).collect();
        let once: Vec<Entry> = orders.iter().flat_map(|order| of_order(order, Some(TERMS)).unwrap()).collect();
        // every order as it was after each part of its history, each told twice, in an order of no meaning
        let mut told: Vec<Order> = Vec::new();
        for order in &orders {
            for known in 0..=order.refunds.len() {
                let mut refunds = order.refunds.clone();
                refunds.truncate(known);
                let early = Order { refunds, parcels: Vec::new(), ..order.clone() };
                told.extend([early.clone(), early]);
            }
            told.extend([order.clone(), order.clone()]);
        }
        let place = |n: usize| (n as u64).wrapping_add(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        let mut order: Vec<usize> = (0..told.len()).collect();
        order.sort_by_key(|n| place(*n));
        let replayed: Vec<Entry> = order.into_iter().flat_map(|n| of_order(&told[n], Some(TERMS)).unwrap()).collect();
        prop_assert!(booked(replayed.iter()) == booked(once.iter()));
    }

    #[test]
    fn what_is_divided_is_the_whole_again(cents in -1_000_000..1_000_000_i32, weights in prop::collection::vec(0..9_999_u32, 1..40)) {
        let weights: Vec<Decimal> = weights.into_iter().map(Decimal::from).collect();
        let parts = shared(&eur(cents), &weights).unwrap();
        let sum = parts.iter().try_fold(eur(0), |sum, part| sum.plus(part)).unwrap();
        prop_assert_eq!(sum, eur(cents));
    }
}
