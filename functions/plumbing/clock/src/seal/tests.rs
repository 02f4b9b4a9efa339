use super::*;
use crate::bench::{Item, Table, action, checked, subject, text};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Approval, Record, Status, audit::Verdict, decision::Tier};
use time::{
    Date, Duration,
    macros::{date, datetime},
};

const DAY: Date = date!(2026 - 11 - 18);
const MORNING: OffsetDateTime = datetime!(2026-11-18 08:00 UTC);

/// Twelve actions of three records each, a minute apart.
async fn busy(table: &Table, from: OffsetDateTime) -> Vec<Record> {
    let mut actions = Vec::new();
    for n in 0..12 {
        let (record, at) = (action(n, from), from + Duration::minutes(i64::from(n)));
        table.create(&record, at).await;
        let id = record.proposal.id;
        table.advance(id, Status::Executing, "claimed", at + Duration::seconds(1)).await;
        table.advance(id, Status::Executed, "done", at + Duration::seconds(2)).await;
        actions.push(record);
    }
    actions
}

/// Ticks a minute apart until the day is sealed.
async fn sealed(table: &Table, day: Date) -> OffsetDateTime {
    let mut now = day.next_day().unwrap().midnight().assume_utc() + Duration::minutes(30);
    while table.store.seal(day).await.unwrap().is_none_or(|row| row.value.seal.is_none()) {
        seal(&table.store, now).await.unwrap();
        now += Duration::minutes(1);
    }
    now
}

#[tokio::test]
async fn a_day_is_sealed_once_when_it_is_over_and_verifies() {
    let table = Table::new().await;
    busy(&table, MORNING).await;
    seal(&table.store, MORNING + Duration::hours(1)).await.unwrap();
    let early = datetime!(2026-11-19 00:29 UTC);
    seal(&table.store, early).await.unwrap();
    let row = table.store.seal(DAY).await.unwrap().unwrap();
    assert!(row.value.seal.is_none(), "the day may still get records");
    assert!(table.store.verify_day(DAY).await.unwrap().holds(), "and can be checked by its chains");
    let due = early + Duration::minutes(1);
    let clocks = [(); 4].map(|()| seal(&table.store, due));
    futures::future::try_join_all(clocks).await.unwrap();
    seal(&table.store, due + Duration::minutes(1)).await.unwrap();
    let row = table.store.seal(DAY).await.unwrap().unwrap();
    assert_eq!((row.seq, row.value.seal.unwrap().count), (2, 36 + 1), "its own opening is the last record of the day");
    let verdict = table.store.verify_day(DAY).await.unwrap();
    assert!(verdict.holds(), "{:?}", verdict.faults);
    assert_eq!((verdict.records, verdict.chains, verdict.unsealed), (37, 13, 0));
}

#[tokio::test]
async fn days_that_were_missed_are_made_up_for_in_their_order() {
    let table = Table::new().await;
    busy(&table, MORNING).await;
    busy(&table, MORNING + Duration::days(2)).await;
    let late = MORNING + Duration::days(5);
    for minute in 0..3 {
        seal(&table.store, late + Duration::minutes(minute)).await.unwrap();
    }
    let seals = table.store.seals(10).await.unwrap();
    let counts: Vec<u64> = seals.iter().rev().map(|row| row.value.tree.count()).collect();
    assert_eq!(counts, [36, 0, 36, 0, 0], "a day without records is sealed as well");
    let verdict = checked(&table.export((DAY, DAY + Duration::days(5)), late).await);
    assert!(verdict.holds(), "{:?}", verdict.faults);
    assert_eq!((verdict.seals.len(), verdict.records - verdict.unsealed), (5, 72));
}

#[tokio::test]
async fn a_day_of_many_records_is_read_in_steps_of_any_size_to_the_same_root() {
    let table = Table::new().await;
    busy(&table, MORNING).await;
    let mut roots = Vec::new();
    for most in [1, 2, 5, 1_000] {
        let mut sealing = Sealing::open(DAY, None, MORNING);
        let mut steps = 0;
        loop {
            let (next, whole) = table.store.gather(sealing, most).await.unwrap();
            let kept = serde_json::to_string(&next).unwrap();
            sealing = serde_json::from_str(&kept).unwrap();
            steps += 1;
            if whole {
                break;
            }
        }
        assert_eq!(sealing.tree.count(), 36, "in steps of {most}");
        assert!(steps > 1 || most == 1_000);
        roots.push(sealing.tree.root());
    }
    roots.dedup();
    assert_eq!(roots.len(), 1);
}

/// What somebody with write access to the table may do.
#[derive(Debug, Clone, Copy)]
enum Crime {
    ChangeRecord,
    ChangeRecordAndItsHash,
    RemoveRecord,
    RemoveLastRecordAndTurnBack,
    RemoveAll,
    Insert,
    ChangeState,
    ChangeSeal,
}

const CRIMES: [Crime; 8] = [
    Crime::ChangeRecord,
    Crime::ChangeRecordAndItsHash,
    Crime::RemoveRecord,
    Crime::RemoveLastRecordAndTurnBack,
    Crime::RemoveAll,
    Crime::Insert,
    Crime::ChangeState,
    Crime::ChangeSeal,
];

fn forged(row: &Item, from: &str, to: &str) -> Item {
    let mut row = row.clone();
    let body = text(&row, "body").replacen(from, to, 1);
    assert_ne!(body, text(&row, "body"));
    row.insert("body".into(), AttributeValue::S(body));
    row
}

fn rehashed(mut row: Item) -> Item {
    let body: serde_json::Value = serde_json::from_str(text(&row, "body")).unwrap();
    row.insert("hash".into(), AttributeValue::S(domain::Digest::of(&body).unwrap().to_string()));
    row
}

/// Does it to the action `pk`, and returns the rows as they were.
async fn commit_crime(table: &Table, crime: Crime, pk: &str) -> Vec<Item> {
    let mut rows = Vec::new();
    for sk in ["STATE", "AUDIT#0000000001", "AUDIT#0000000002", "AUDIT#0000000003"] {
        rows.push(table.row(pk, sk).await);
    }
    rows.push(table.row(&format!("SEAL#{DAY}"), "STATE").await);
    match crime {
        Crime::ChangeRecord => table.put(forged(&rows[2], "EXECUTING", "DENIED")).await,
        Crime::ChangeRecordAndItsHash => table.put(rehashed(forged(&rows[2], "EXECUTING", "DENIED"))).await,
        Crime::RemoveRecord => table.delete(&rows[2]).await,
        Crime::RemoveLastRecordAndTurnBack => {
            table.delete(&rows[3]).await;
            let mut state = rows[0].clone();
            state.insert("seq".into(), AttributeValue::N("2".into()));
            state.insert("head".into(), rows[2]["hash"].clone());
            table.put(state).await;
        }
        Crime::RemoveAll => {
            for row in &rows[..4] {
                table.delete(row).await;
            }
        }
        Crime::Insert => {
            let mut row = rehashed(forged(&rows[3], "\"seq\":3", "\"seq\":4"));
            row.insert("sk".into(), AttributeValue::S("AUDIT#0000000004".into()));
            row.insert("gsi2sk".into(), AttributeValue::S(format!("{}x", text(&row, "gsi2sk"))));
            table.put(row).await;
        }
        Crime::ChangeState => table.put(forged(&rows[0], "EXECUTED", "UNDONE")).await,
        Crime::ChangeSeal => {
            let body = text(&rows[4], "body");
            let root = body.split("\"root\":\"").nth(1).and_then(|rest| rest.get(..64)).unwrap();
            let other: String = root.chars().rev().collect();
            table.put(forged(&rows[4], root, &other)).await;
        }
    }
    rows
}

fn names(verdict: &Verdict, pk: &str) -> bool {
    verdict.faults.iter().any(|fault| fault.subject.as_deref() == Some(pk))
}

#[tokio::test]
async fn whatever_is_done_to_the_table_past_the_store_shows_and_is_named() {
    let table = Table::new().await;
    let actions = busy(&table, MORNING).await;
    let now = sealed(&table, DAY).await;
    let pk = subject(&actions[5]);
    for crime in CRIMES {
        let before = commit_crime(&table, crime, &pk).await;
        let (day, thing) = (table.store.verify_day(DAY).await.unwrap(), table.store.verify_subject(&pk).await.unwrap());
        let export = checked(&table.export((DAY, DAY), now).await);
        let unseen_by_the_day = matches!(crime, Crime::ChangeState);
        assert_eq!(day.holds(), unseen_by_the_day, "{crime:?}: {:?}", day.faults);
        assert_eq!(export.holds(), unseen_by_the_day, "{crime:?}: {:?}", export.faults);
        assert_eq!(thing.holds(), matches!(crime, Crime::ChangeSeal), "{crime:?}: {:?}", thing.faults);
        let unnamed = matches!(crime, Crime::RemoveAll | Crime::ChangeSeal | Crime::ChangeState);
        assert!(unnamed || names(&day, &pk), "{crime:?}: {:?}", day.faults);
        for row in before {
            table.put(row).await;
        }
        if matches!(crime, Crime::Insert) {
            table.delete(&table.row(&pk, "AUDIT#0000000004").await).await;
        }
        assert!(table.store.verify_day(DAY).await.unwrap().holds(), "it is as it was after {crime:?}");
    }
}

#[tokio::test]
async fn a_seal_keeps_what_its_day_says_in_figures() {
    let table = Table::new().await;
    let actions = busy(&table, MORNING).await;
    let row = table.store.get::<Record>(&actions[0].proposal.id.to_string()).await.unwrap().unwrap();
    let later = MORNING + Duration::hours(1);
    let request = Approval::open(&row.value.decision.consent, later);
    let said = Record { approval: Some(request), ..row.value.clone() };
    let mut tx = table.store.tx(later);
    tx.update(&row, &said, entry("commented", "EXECUTED")).unwrap();
    tx.commit().await.unwrap();
    let bad = table.row(&subject(&actions[1]), "STATE").await;
    table.put(forged(&bad, "\"status\"", "\"state\"")).await;
    let (today, whole) = table.store.so_far(DAY, 10_000, later).await.unwrap();
    sealed(&table, DAY).await;
    let days = table.store.days(&[DAY, DAY.previous_day().unwrap()]).await.unwrap();
    let [row] = days.as_slice() else { panic!("{days:?}") };
    let figures = row.value.figures.clone().unwrap();
    assert_eq!((&today, whole), (&figures, true), "counted before its seal it says the same");
    let (all, product) = (&figures.all, &figures.clusters[actions[0].proposal.agent.cluster()]);
    assert_eq!(all, product);
    assert_eq!((all.decided(), all.alone, all.people, figures.unread), (11, 10, 1, 2), "{figures:?}");
    assert_eq!((all.judged.clone(), all.autonomy_percent()), ([(Tier::Low, 11)].into(), Some(90)));
    assert_eq!(row.value.seal.as_ref().unwrap().count, 37, "and a row that cannot be read holds up no seal");
}
