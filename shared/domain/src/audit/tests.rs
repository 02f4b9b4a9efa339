use super::*;
use crate::Status;
use proptest::prelude::*;
use serde_json::{Value, json};
use time::{Duration, macros::datetime};

const START: OffsetDateTime = datetime!(2026-11-18 08:00 UTC);

/// Chains of these lengths, interleaved, a few minutes between two records: about three days of them.
fn world(lengths: &[u64]) -> Vec<AuditRecord> {
    let mut tails: Vec<Option<Hash>> = vec![None; lengths.len()];
    let longest = lengths.iter().copied().max().unwrap_or_default();
    let mut records = Vec::new();
    for seq in 1..=longest {
        for (chain, _) in lengths.iter().enumerate().filter(|(_, length)| seq <= **length) {
            let minutes = i64::try_from(records.len()).unwrap() * 97;
            let record = AuditRecord {
                subject: format!("ACTION#{chain}"),
                seq,
                at: START + Duration::minutes(minutes),
                entry: Entry::new(Actor::Function("gate".into()), "changed", "GRANTED"),
                state: Digest::of(&(chain, seq)).unwrap(),
                previous: tails[chain].take(),
            };
            tails[chain] = Some(record.hash().unwrap());
            records.push(record);
        }
    }
    records
}

/// An export of these records, every day but the last one sealed.
fn export(records: &[AuditRecord]) -> Vec<Value> {
    let (first, last) = (day_of(records[0].at), day_of(records.last().unwrap().at));
    let mut lines = vec![serde_json::to_value(Line::header((first, last), START)).unwrap()];
    let mut sealing = Sealing::open(first, None, START);
    let mut seals = 0;
    for record in records {
        while day_of(record.at) != sealing.date {
            let (sealed, next) = sealing.sealed(START).unwrap();
            let seal = sealed.seal.unwrap();
            lines.push(json!({ "kind": "seal", "hash": seal.hash().unwrap(), "seal": seal }));
            sealing = next.unwrap();
            seals += 1;
        }
        sealing.tree.add(&record.hash().unwrap());
        lines.push(json!({ "kind": "record", "hash": record.hash().unwrap(), "record": record }));
    }
    lines.push(json!({ "kind": "end", "records": records.len(), "seals": seals }));
    lines
}

fn check(lines: &[Value]) -> Verdict {
    let mut check = Check::default();
    lines.iter().for_each(|line| check.line(&line.to_string()));
    check.finish()
}

/// Ways to do damage to a list at one place.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Change,
    AddField,
    Remove,
    Double,
    Swap,
    Insert,
}

const DAMAGES: [Damage; 6] =
    [Damage::Change, Damage::AddField, Damage::Remove, Damage::Double, Damage::Swap, Damage::Insert];

/// Damages a record in `list` at `at`; nothing where that changes nothing.
fn damaged(list: &[Value], at: usize, other: usize, damage: Damage) -> Option<Vec<Value>> {
    let mut list = list.to_vec();
    match damage {
        Damage::Change => list[at]["what"] = json!("approved"),
        Damage::AddField => list[at]["forged"] = json!(true),
        Damage::Remove => drop(list.remove(at)),
        Damage::Double => list.insert(other, list[at].clone()),
        Damage::Swap => list.swap(at, other),
        Damage::Insert => {
            let mut forged = list[at].clone();
            forged["what"] = json!("slipped in");
            list.insert(other, forged);
        }
    }
    Some(list).filter(|_| !matches!(damage, Damage::Swap) || at != other)
}

fn links(chain: &[Value]) -> Vec<Link> {
    chain.iter().map(|record| Link::read(record).unwrap()).collect()
}

proptest! {
    #[test]
    fn a_chain_shows_any_single_damage(
        length in 1_usize..12, at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
        damage in prop::sample::select(&DAMAGES[..]),
    ) {
        let records = world(&[length as u64]);
        let chain: Vec<Value> = records.iter().map(|record| serde_json::to_value(record).unwrap()).collect();
        let last = links(&chain).pop().unwrap();
        let present = Present { seq: length as u64, head: last.hash, state: last.record.state };
        prop_assert!(verify_whole("ACTION#0", &links(&chain), Some(&present)).is_ok());
        if let Some(damaged) = damaged(&chain, at.index(length), other.index(length), damage) {
            prop_assert!(verify_whole("ACTION#0", &links(&damaged), Some(&present)).is_err());
        }
        let others = [
            Present { seq: present.seq + 1, ..present.clone() },
            Present { head: Digest::of_bytes(b"other"), ..present.clone() },
            Present { state: Digest::of_bytes(b"other"), ..present },
        ];
        for present in others {
            prop_assert!(verify_whole("ACTION#0", &links(&chain), Some(&present)).is_err());
        }
    }

    /// Also by one who knows how the hashes are made and makes that of the changed line anew.
    #[test]
    fn an_export_shows_any_single_damage_of_a_sealed_record_and_where(
        lengths in prop::collection::vec(1_u64..6, 8..14), at in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(), damage in prop::sample::select(&DAMAGES[..]), skilled in any::<bool>(),
    ) {
        let whole = export(&world(&lengths));
        let verdict = check(&whole);
        prop_assert!(verdict.holds(), "{:?}", verdict.faults);
        let sealed = whole.iter().rposition(|line| line["kind"] == "seal");
        let Some(sealed) = sealed else { return Ok(()) };
        let places: Vec<usize> = (0..sealed).filter(|place| whole[*place]["kind"] == "record").collect();
        let records: Vec<Value> = places.iter().map(|place| whole[*place]["record"].clone()).collect();
        let (at, other) = (at.index(places.len()), other.index(places.len()));
        let Some(mut bad) = damaged(&records, at, other, damage) else { return Ok(()) };
        let mut lines = whole.clone();
        let hashes: Vec<Value> = places.iter().map(|place| whole[*place]["hash"].clone()).collect();
        let line = |record: Value, hash: Value| {
            let hash = if skilled { json!(Digest::of(&record).unwrap()) } else { hash };
            json!({ "kind": "record", "hash": hash, "record": record })
        };
        match damage {
            Damage::Change | Damage::AddField => lines[places[at]] = line(bad.remove(at), hashes[at].clone()),
            Damage::Remove => drop(lines.remove(places[at])),
            Damage::Swap => lines.swap(places[at], places[other]),
            Damage::Double | Damage::Insert => lines.insert(places[other], line(bad.remove(other), hashes[at].clone())),
        }
        let faults = check(&lines).faults;
        prop_assert!(!faults.is_empty(), "{damage:?} of {at}");
        prop_assert!(faults[0].line.is_some());
        if matches!(damage, Damage::Change | Damage::AddField) && !skilled {
            prop_assert_eq!(faults[0].line, Some(places[at] as u64 + 1));
            prop_assert_eq!(faults[0].subject.as_deref(), records[at]["subject"].as_str());
        }
    }
}

#[test]
fn an_export_says_what_it_holds() {
    let verdict = check(&export(&world(&[9, 9, 9, 9, 9])));
    assert!(verdict.holds());
    assert_eq!((verdict.records, verdict.chains), (45, 5));
    assert_eq!(verdict.seals.iter().map(|seal| seal.count).sum::<u64>() + verdict.unsealed, 45);
}

#[test]
fn a_line_that_is_gone_shows_whatever_it_was() {
    let whole = export(&world(&[9, 9, 9, 9, 9]));
    for gone in 0..whole.len() {
        let mut lines = whole.clone();
        let line = lines.remove(gone);
        assert!(!check(&lines).holds(), "without {line}");
    }
}

#[test]
fn a_changed_seal_shows_even_with_a_new_hash() {
    let whole = export(&world(&[9, 9, 9, 9, 9]));
    let at = whole.iter().position(|line| line["kind"] == "seal").unwrap();
    for (field, value) in
        [("count", json!(1)), ("root", json!(Digest::of_bytes(b""))), ("at", json!("2026-01-01T00:00:00Z"))]
    {
        let mut lines = whole.clone();
        lines[at]["seal"][field] = value;
        lines[at]["hash"] = json!(Digest::of(&lines[at]["seal"]).unwrap());
        assert!(!check(&lines).holds(), "{field}");
    }
}

#[test]
fn part_of_the_record_can_be_checked_alone() {
    let whole = world(&[20, 20, 20]);
    let lines = export(&whole);
    let seals: Vec<usize> = (0..lines.len()).filter(|at| lines[*at]["kind"] == "seal").collect();
    let mut part = vec![lines[0].clone()];
    part.extend_from_slice(&lines[seals[0] + 1..=seals[1]]);
    part.push(json!({ "kind": "end", "records": seals[1] - seals[0] - 1, "seals": 1 }));
    let verdict = check(&part);
    assert!(verdict.holds(), "{:?}", verdict.faults);
}

#[test]
fn another_format_is_named() {
    let line = json!({ "kind": "header", "format": "royal.audit", "version": 2, "from": "2026-11-20", "to": "2026-11-20", "at": "2026-11-20T00:00:00Z" });
    let verdict = check(&[line, json!({ "kind": "end", "records": 0, "seals": 0 })]);
    assert_eq!(verdict.faults.len(), 1);
    assert!(verdict.faults[0].to_string().contains("version 2"), "{}", verdict.faults[0]);
}

#[test]
fn a_decision_carries_the_names_of_opas_log() {
    let sample = include_str!("../../../../events/stream/action.json");
    let action: crate::Record = serde_json::from_str(sample).unwrap();
    let entry = Entry {
        revision: Some(action.decision.revision.clone()),
        input: Some(action.decision.input.clone()),
        ..Entry::new(Actor::Function("gate".into()), "judged", "GRANTED")
    };
    let (subject, state) = ("ACTION#1".to_owned(), Digest::of_bytes(b""));
    let link = AuditRecord { subject, seq: 1, at: START, entry, state, previous: None };
    let input = json!({ "action": { "type": "price.change" } });
    let event = EventV1::of(Judged { action: &action, link: &link, input: Some(&input), shadow: None }, "1.0.0");
    let event = serde_json::to_value(event).unwrap();
    assert_eq!(event["bundles"]["royal"]["revision"], json!(action.decision.revision));
    assert_eq!(event["path"], "royal/risk/decision");
    assert_eq!(event["result"]["tier"], json!(action.decision.tier));
    assert_eq!(event["input"], input);
    let gone = EventV1::of(Judged { action: &action, link: &link, input: None, shadow: None }, "1.0.0");
    assert_eq!(gone.erased, ["/input"]);
}

#[test]
fn what_a_record_adds_to_its_day_is_told_by_what_happened_and_not_by_where_a_thing_is() {
    let event = |subject: &str, what: &str, result: &str| {
        let entry = Entry::new(Actor::Function("gate".into()), what, result);
        let state = Digest::of(&0).unwrap();
        let record = AuditRecord { subject: subject.to_owned(), seq: 1, at: START, entry, state, previous: None };
        Event::of(&record).map(|(event, id)| (event, id.to_owned()))
    };
    let rows = [
        ("judged", "PENDING", Some(Event::Judged)),
        ("judged", "DENIED", Some(Event::Forbidden)),
        ("judged again", "PENDING", None),
        ("judged again", "DENIED", Some(Event::Ended(Status::Denied))),
        ("approved", "GRANTED", None),
        ("executed", "EXECUTED", Some(Event::Ended(Status::Executed))),
        ("rejected", "REJECTED", Some(Event::Ended(Status::Rejected))),
        ("expired", "EXPIRED", Some(Event::Ended(Status::Expired))),
        ("undone", "UNDONE", Some(Event::Undone)),
        ("commented", "EXECUTED", None),
        ("erased", "EXECUTED", None),
        ("withdrawn", "REJECTED", None),
        ("judged", "SUPERSEDED", None),
        ("judged", "no status", None),
    ];
    for (what, result, known) in rows {
        assert_eq!(event("ACTION#1", what, result), known.map(|event| (event, "1".to_owned())), "{what} {result}");
    }
    assert_eq!(event("TASK#2", "done", "DONE").map(|(event, _)| event), Some(Event::TaskDone));
    assert_eq!(event("TASK#2", "asked", "READY"), None);
    assert_eq!(event("JOURNEY#3", "stopped", "STOPPED"), None);
}
