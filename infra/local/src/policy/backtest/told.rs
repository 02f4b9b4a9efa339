//! What a comparison found, in finance's words.

use crate::console::say;
use policy::backtest::{Affected, Approval, Counts, Summary};
use std::collections::BTreeMap;

/// The most affected decisions that are printed; all of them go to the file of `--affected`.
const PRINTED: usize = 20;

pub(super) fn tell(found: &Summary) {
    say(&format!(
        "of {} decisions {} stay as they are, {} would need more consent and {} less",
        found.compared, found.unchanged, found.stricter, found.looser
    ));
    if found.without_facts > 0 {
        say(&format!("of {} more the facts are not kept any longer: nothing is said of them", found.without_facts));
    }
    say(&format!(
        "{} more would have moved without anybody being asked, and {} less",
        euros(found.newly_unattended_cents),
        euros(found.newly_attended_cents)
    ));
    say(&format!(
        "people would have been asked {} times less and {} times more",
        found.approvals_fallen_away, found.approvals_added
    ));
    table("by action type", &found.by_type);
    table("by agent", &found.by_agent);
    if !found.affected.is_empty() {
        say("affected:");
        found.affected.iter().take(PRINTED).for_each(one);
        let more = (found.stricter + found.looser).saturating_sub(u64::try_from(PRINTED).unwrap_or_default());
        if more > 0 {
            say(&format!("  and {more} more: --affected FILE writes them to a file"));
        }
    }
    say(&format!(
        "({} judged again, {} known from equal facts, {} that the edit does not concern)",
        found.evaluated, found.reused, found.skipped
    ));
}

fn table(title: &str, counts: &BTreeMap<String, Counts>) {
    let mut touched = counts.iter().filter(|(_, counts)| counts.stricter + counts.looser > 0).peekable();
    if touched.peek().is_some() {
        say(&format!("{title}:"));
    }
    for (name, Counts { unchanged, stricter, looser, newly_unattended_cents, newly_attended_cents }) in touched {
        let (more, less) = (euros(*newly_unattended_cents), euros(*newly_attended_cents));
        say(&format!(
            "  {name}: {unchanged} as before, {stricter} more consent, {looser} less; unattended +{more} -{less}"
        ));
    }
}

fn one(affected: &Affected) {
    let Affected { decision, action_type, agent, from, to, approval, amount_cents, .. } = affected;
    let amount = amount_cents.map(|cents| format!(", {}", euros(cents))).unwrap_or_default();
    let asked = match approval {
        Some(Approval::FallsAway) => ", nobody would have been asked",
        Some(Approval::Added) => ", somebody would have been asked",
        None => "",
    };
    say(&format!("  {decision}: {action_type} of {agent}{amount}: {to} instead of {from}{asked}"));
}

/// Whole cents as euros.
fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("EUR {sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::euros;

    #[test]
    fn cents_are_written_as_euros() {
        let told = [0, 5, 150_000, -123].map(euros);
        assert_eq!(told, ["EUR 0.00", "EUR 0.05", "EUR 1500.00", "EUR -1.23"]);
    }
}
