//! A comparison that a running system makes, piece by piece: what each answer found is added up here.

use crate::policy::{
    Folder,
    remote::{Answer, Remote, at, text},
};
use anyhow::{Context as _, Result, bail};
use axum::http::Method;
use policy::backtest::{Affected, Approval, Counts, Summary};
use serde::Deserialize as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};

/// The most days that one request may name.
const DAYS: i64 = 31;

/// Asks until all decisions of the days were compared, and says after each answer how many that makes.
pub(super) async fn all(
    remote: &Remote,
    folder: &Folder,
    (mut from, to): (Date, Date),
    mut progress: impl FnMut(u64),
) -> Result<Summary> {
    let (files, _) = remote.edit(folder).await?;
    let mut sum: Option<Summary> = None;
    while from <= to {
        let last = from.saturating_add(time::Duration::days(DAYS - 1)).min(to);
        let mut trial = json!({ "files": files, "from": from.to_string(), "to": last.to_string() });
        loop {
            let told = match remote.ask(Method::POST, "policies/backtest", Some(&trial)).await? {
                Answer::Done(told) => told,
                Answer::Refused(problem) => bail!("{}", text(at(&problem, "/detail"))),
            };
            let found = read(&told)?;
            match &mut sum {
                Some(sum) if sum.replaces != found.replaces => {
                    bail!("another revision came in force meanwhile: start again")
                }
                Some(sum) => sum.extend(found),
                None => sum = Some(found),
            }
            progress(sum.as_ref().map_or(0, Summary::seen));
            match told.get("next") {
                Some(next) => {
                    trial.as_object_mut().map(|trial| trial.insert("cursor".to_owned(), next.clone()));
                }
                None => break,
            }
        }
        from = last.next_day().context("the calendar ends here")?;
    }
    sum.context("there is no day in between")
}

/// One answer.
fn read(told: &Value) -> Result<Summary> {
    let count = |name: &str| told[name].as_u64().with_context(|| format!("the answer has no `{name}`"));
    let affected = told["affected"].as_array().into_iter().flatten().map(one);
    Ok(Summary {
        revision: text(&told["revision"]).to_owned(),
        replaces: text(&told["replaces"]).to_owned(),
        compared: count("compared")?,
        without_facts: count("withoutFacts")?,
        unchanged: count("unchanged")?,
        stricter: count("stricter")?,
        looser: count("looser")?,
        evaluated: count("evaluated")?,
        reused: count("reused")?,
        skipped: count("skipped")?,
        newly_unattended_cents: cents(&told["newlyUnattended"])?,
        newly_attended_cents: cents(&told["newlyAttended"])?,
        approvals_fallen_away: count("approvalsFallenAway")?,
        approvals_added: count("approvalsAdded")?,
        by_type: counts(&told["byType"])?,
        by_agent: counts(&told["byAgent"])?,
        affected: affected.collect::<Result<_>>()?,
    })
}

fn counts(told: &Value) -> Result<BTreeMap<String, Counts>> {
    let number = |of: &Value, name: &str| of[name].as_u64().with_context(|| format!("the answer has no `{name}`"));
    let row = |(name, of): (&String, &Value)| {
        let counts = Counts {
            unchanged: number(of, "unchanged")?,
            stricter: number(of, "stricter")?,
            looser: number(of, "looser")?,
            newly_unattended_cents: cents(&of["newlyUnattended"])?,
            newly_attended_cents: cents(&of["newlyAttended"])?,
        };
        Ok((name.clone(), counts))
    };
    told.as_object().into_iter().flatten().map(row).collect()
}

fn one(told: &Value) -> Result<Affected> {
    let tier = |name: &str| domain::Tier::deserialize(&told[name]).context("the answer names a tier that there is not");
    Ok(Affected {
        decision: text(&told["decision"]).to_owned(),
        action_type: text(&told["actionType"]).to_owned(),
        agent: text(&told["agent"]).to_owned(),
        at: OffsetDateTime::parse(text(&told["at"]), &Rfc3339).context("the answer names no time")?,
        from: tier("from")?,
        to: tier("to")?,
        approval: told
            .get("approval")
            .map(Approval::deserialize)
            .transpose()
            .context("the answer is of another kind")?,
        amount_cents: told.get("amount").map(cents).transpose()?,
    })
}

/// Whole cents of an amount of euros, such as `12.95`.
fn cents(money: &Value) -> Result<i64> {
    let amount = text(&money["amount"]);
    let digits =
        amount.split_once('.').filter(|(_, rest)| rest.len() == 2).map(|(whole, rest)| format!("{whole}{rest}"));
    digits.and_then(|digits| digits.parse().ok()).with_context(|| format!("`{amount}` is no amount of euros"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_added_up() {
        let money = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
        let counts = json!({ "unchanged": 2, "stricter": 0, "looser": 1, "newlyUnattended": money("1500.00"), "newlyAttended": money("0.00") });
        let told = json!({
            "revision": "b", "replaces": "a", "compared": 3, "withoutFacts": 1, "unchanged": 2, "stricter": 0, "looser": 1,
            "evaluated": 1, "reused": 1, "skipped": 1, "newlyUnattended": money("1500.00"), "newlyAttended": money("0.00"),
            "approvalsFallenAway": 1, "approvalsAdded": 0, "byType": { "expense.pay": counts }, "byAgent": {},
            "affected": [{ "decision": "1/1", "actionType": "expense.pay", "agent": "a", "at": "2026-11-20T10:00:00Z",
                "from": "HIGH", "to": "MEDIUM", "approval": "falls_away", "amount": money("1500.00") }],
        });
        let mut sum = read(&told).unwrap();
        sum.extend(read(&told).unwrap());
        assert_eq!((sum.compared, sum.looser, sum.newly_unattended_cents, sum.seen()), (6, 2, 300_000, 8));
        assert_eq!((sum.by_type["expense.pay"].looser, sum.affected.len()), (2, 2));
        assert_eq!(sum.affected[0].approval, Some(Approval::FallsAway));
        assert!(read(&json!({})).is_err());
    }
}
