//! Telling what agents found out of the ordinary, at once, and what a day was like, once a day.
//!
//! Both are tasks that the CEO function has done: what a cluster reports to it with a finding, and its own look at the
//! day. So what is told is what is on record, and it is told once.

use crate::{Notify, control::EVERYBODY, later};
use domain::{
    Role, TaskId,
    task::{Task, TaskStatus},
};
use notices::Notice;
use runtime::Failure;
use serde_json::{Map, Value};

/// Who looks after what is out of the ordinary.
const KEEPERS: [Role; 3] = [Role::Owner, Role::Finance, Role::Operations];

impl Notify {
    /// Tells of what a task found, if it is told of.
    pub(crate) async fn finding(&self, id: TaskId, turn: &str) -> Result<(), Failure> {
        let Some(row) = self.store().get::<Task>(&id.to_string()).await.map_err(later)? else {
            return Err(Failure::Reject(format!("there is no task `{id}`")));
        };
        match notice(&row.value) {
            Some(notice) => self.outbox.send(&notice, turn).await,
            None => Ok(()),
        }
    }
}

/// The notice that a task gives rise to; none where it is the CEO function's business alone.
fn notice(task: &Task) -> Option<Notice> {
    if task.agent.as_str() != "ceo" || task.status != TaskStatus::Done {
        return None;
    }
    match task.kind.as_str() {
        "cluster.report" => finding(task),
        "daily" => Some(digest(task)),
        _ => None,
    }
}

fn finding(task: &Task) -> Option<Notice> {
    let (cluster, finding) = (task.input.get("cluster")?.as_str()?, task.input.get("finding")?.as_str()?);
    let notice = Notice::new(format!("finding/{}", task.id), &KEEPERS, "Alert", &format!("{cluster}: {finding}"));
    Some(notice.fact("What exactly", finding).fact("Found by", &task.by).when("At", task.created))
}

fn digest(task: &Task) -> Notice {
    let report = &task.report;
    let notice =
        Notice::new(format!("digest/{}", task.id), &EVERYBODY, "Daily digest", &task.created.date().to_string());
    notice
        .fact("Yesterday", &business(&report["business"]))
        .fact(
            "Goals",
            &listed(&report["goals"], |goal| Some(format!("{} {}", text(goal, "goal")?, text(goal, "value")?))),
        )
        .fact("Actions", &counted(&report["actions"]))
        .fact("Products", &counted(&report["products"]))
        .fact("For a person to look at", &listed(&report["findings"], |one| one.as_str().map(str::to_owned)))
        .fact("Not known", &listed(&report["missing"], |one| one.as_str().map(str::to_owned)))
}

/// What the books say of yesterday; nothing where nothing was booked.
fn business(of: &Value) -> String {
    let euro = |label: &str, field: &str| Some(format!("{label} EUR {}", text(of, field)?));
    let orders = of["orders"].as_u64().map(|orders| format!("{orders} orders"));
    let margin = text(of, "marginPercent").map(|margin| format!("margin of the week {margin} %"));
    let parts = [
        orders,
        euro("revenue", "dailyRevenueEur"),
        euro("cost", "dailyCostEur"),
        euro("profit", "dailyProfitEur"),
        margin,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn text<'a>(of: &'a Value, field: &str) -> Option<&'a str> {
    of[field].as_str()
}

fn counted(of: &Value) -> String {
    let counts = of.as_object().map(Map::iter).into_iter().flatten();
    counts.map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}

fn listed(of: &Value, word: impl Fn(&Value) -> Option<String>) -> String {
    of.as_array().into_iter().flatten().filter_map(word).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use time::macros::datetime;

    fn task(kind: &str, input: Value, report: Value) -> Task {
        let at = datetime!(2026-11-20 06:00 UTC);
        Task {
            id: TaskId::of("one"),
            agent: "ceo".parse().unwrap(),
            kind: kind.to_owned(),
            input,
            reply_to: None,
            journey: None,
            status: TaskStatus::Done,
            report,
            error: None,
            by: "finance-analyst".to_owned(),
            created: at,
            updated: at,
        }
    }

    #[test]
    fn a_finding_is_an_alert_for_those_who_look_after_the_system() {
        let found = json!({ "cluster": "finance", "finding": "revenue fell by 25 % day over day" });
        let notice = notice(&task("cluster.report", found.clone(), found)).unwrap();
        assert_eq!(notice.subject(), "Alert: finance: revenue fell by 25 % day over day");
        assert_eq!(notice.roles(), KEEPERS);
        assert!(notice.ours().contains("Found by: finance-analyst"), "{}", notice.ours());
    }

    #[test]
    fn a_day_is_told_with_what_it_earned_and_cost_and_with_what_nobody_knows() {
        let report = json!({
            "goals": [{ "goal": "margin_percent", "value": "40" }],
            "business": { "orders": 12, "dailyRevenueEur": "100.00", "dailyProfitEur": "40.00", "dailyCostEur": "60.00" },
            "actions": { "EXECUTED": 40, "PENDING": 3 },
            "products": {},
            "findings": ["3 actions wait for a person"],
            "missing": ["margin trend: nothing was earned"],
        });
        let notice = notice(&task("daily", Value::Null, report)).unwrap();
        let lines = [
            "Yesterday: 12 orders, revenue EUR 100.00, cost EUR 60.00, profit EUR 40.00",
            "Goals: margin_percent 40",
            "Actions: 40 EXECUTED, 3 PENDING",
            "For a person to look at: 3 actions wait for a person",
            "Not known: margin trend: nothing was earned",
        ];
        assert_eq!(notice.ours().lines().collect::<Vec<_>>(), lines);
        assert_eq!(notice.subject(), "Daily digest: 2026-11-20");
    }

    #[test]
    fn what_a_cluster_reports_without_a_finding_and_what_is_not_done_are_told_nobody() {
        let report = json!({ "cluster": "product", "report": { "stuck": 1 } });
        assert!(notice(&task("cluster.report", report.clone(), report)).is_none());
        assert!(notice(&task("review.product", Value::Null, Value::Null)).is_none());
        let waiting = Task { status: TaskStatus::Ready, ..task("daily", Value::Null, Value::Null) };
        assert!(notice(&waiting).is_none());
        let other = Task { agent: "finance-tax".parse().unwrap(), ..task("daily", Value::Null, Value::Null) };
        assert!(notice(&other).is_none());
    }
}
