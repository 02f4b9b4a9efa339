//! The trial balance: debits are credits, and a month is its days and hours.

use agent::{AgentError, Context};
use domain::books::{Account, Grain, Sums};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::books::Span;

/// Before and behind every month that can be booked.
const ALWAYS: (&str, &str) = ("0000-01", "9999-12");

/// All accounts since the beginning, and what is wrong with them, if anything.
pub(crate) async fn balance(ctx: &Context<'_>) -> Result<(Value, Option<String>), AgentError> {
    let (from, to) = (ALWAYS.0.to_owned(), ALWAYS.1.to_owned());
    let all = ctx.reads.sums(&Span { of: None, grain: Grain::Month, from, to }).await?;
    let total = all.total();
    let difference = total.difference();
    let first = ctx.now.replace_day(1).unwrap_or(ctx.now);
    let mut unlike = Vec::new();
    let month = all.period(&Grain::Month.period(ctx.now));
    for grain in [Grain::Day, Grain::Hour] {
        let mut span = Span::all(grain, first, ctx.now);
        span.from = Grain::Day.period(first);
        let parts = ctx.reads.sums(&span).await?;
        // Entries of later days of the month are in the month and not in the span.
        if parts.whole && parts.total() != month && !later(ctx, grain, &month, &parts.total()).await? {
            unlike.push(grain.name());
        }
    }
    let wrong = (!difference.is_empty() || !unlike.is_empty()).then(|| {
        format!("the books do not balance: difference {difference:?}, periods that disagree with the month {unlike:?}")
    });
    let report = json!({ "balanced": wrong.is_none(), "accounts": accounts(&total), "difference": difference });
    Ok((report, wrong))
}

/// Whether what the month has more is in periods that are still to come.
async fn later(ctx: &Context<'_>, grain: Grain, month: &Sums, so_far: &Sums) -> Result<bool, AgentError> {
    let from = grain.period(ctx.now);
    let to = format!("{}~", Grain::Month.period(ctx.now));
    let rest = ctx.reads.sums(&Span { of: None, grain, from: from.clone(), to }).await?;
    let mut all = so_far.clone();
    rest.sums.iter().filter(|((period, _), _)| *period > from).for_each(|(_, sums)| all.add(sums));
    Ok(all == *month)
}

fn accounts(total: &Sums) -> BTreeMap<&'static str, BTreeMap<String, String>> {
    let currencies = total.currencies();
    let of = |account: Account| {
        let amounts = currencies.iter().filter_map(|code| {
            let amount = total.amount(account, code.parse().ok()?);
            (!amount.is_zero()).then(|| (code.clone(), amount.to_string()))
        });
        (account.name(), amounts.collect::<BTreeMap<_, _>>())
    };
    Account::ALL.iter().map(|account| of(*account)).filter(|(_, amounts)| !amounts.is_empty()).collect()
}
