//! Two people at the same moment: one wins, the other is told who.

use crate::bench::{Bench, publish, request};
use domain::{Record, Role, Status};
use futures::future::join_all;
use serde_json::{Value, json};

async fn race(bench: &Bench, record: &Record, entries: &[(&str, Role, &str)]) -> Vec<(u16, Value)> {
    let sent = entries.iter().map(|(person, role, verb)| async move {
        let path = format!("/api/v1/approvals/{}/{verb}", record.proposal.id);
        let mut body = json!({"digest": record.bound});
        if *verb == "reject" {
            body["reason"] = json!("no");
        }
        let answer = bench.post((person, *role), &path, &body).await;
        (answer.status.as_u16(), answer.json())
    });
    join_all(sent).await
}

fn split(answers: &[(u16, Value)]) -> (Vec<&Value>, Vec<&Value>) {
    let with =
        |wanted: u16| answers.iter().filter(move |(status, _)| *status == wanted).map(|(_, json)| json).collect();
    (with(200), with(409))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_approvals_at_once_one_counts_and_the_other_is_told_who_won() {
    let bench = Bench::start().await;
    for n in 0..20 {
        let record = request(publish(n), 1);
        bench.keep(&record).await;
        let people = [("olivia", Role::Owner, "approve"), ("oscar", Role::Operations, "approve")];
        let answers = race(&bench, &record, &people).await;
        let (won, lost) = split(&answers);
        assert_eq!((won.len(), lost.len()), (1, 1), "{answers:?}");
        let now = bench.action(&record).await;
        let by = now.grant.unwrap().by;
        assert_eq!(by.len(), 1);
        assert_eq!((&lost[0]["state"], &lost[0]["decidedBy"]), (&json!("GRANTED"), &json!(by)), "{}", lost[0]);
        assert_eq!(won[0]["votes"][0]["person"], json!(by[0]));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_approval_and_a_refusal_at_once_one_counts() {
    let bench = Bench::start().await;
    for n in 0..20 {
        let record = request(publish(n), 1);
        bench.keep(&record).await;
        let people = [("olivia", Role::Owner, "approve"), ("oscar", Role::Operations, "reject")];
        let answers = race(&bench, &record, &people).await;
        let (won, lost) = split(&answers);
        assert_eq!((won.len(), lost.len()), (1, 1), "{answers:?}");
        let now = bench.action(&record).await;
        assert_eq!(won[0]["status"], json!(now.status));
        assert_eq!(now.grant.is_some(), now.status == Status::Granted);
        assert_eq!(lost[0]["type"], "/docs#problem-decided");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_as_many_count_as_were_asked_for() {
    let bench = Bench::start().await;
    let record = request(publish(1), 3);
    bench.keep(&record).await;
    let names: Vec<String> = (0..6).map(|n| format!("person-{n}")).collect();
    let people: Vec<_> = names.iter().map(|name| (name.as_str(), Role::Owner, "approve")).collect();
    let answers = race(&bench, &record, &people).await;
    let now = bench.action(&record).await;
    assert_eq!(now.status, Status::Granted);
    assert_eq!(now.grant.unwrap().by.len(), 3, "no vote was lost, and none counted after the third");
    assert_eq!(split(&answers).0.len(), 3, "{answers:?}");
    let shown = bench.get(("anna", Role::Auditor), &format!("/api/v1/actions/{}", record.proposal.id)).await.json();
    assert_eq!(shown["history"]["verified"], true);
    assert_eq!(shown["refused"].as_array().unwrap().len(), 3, "those who lost are on the record");
}
