//! `goal.set`: from the value that it was decided on, and from no other.

use crate::books::{Books, evidence, unread};
use agent::{Evidence, ExecuteError, Order};
use domain::{Goal, action::GoalSet};
use store::{Chained as _, Row, fact::Fact};

pub(crate) async fn execute(books: &Books, order: &Order<'_>, action: &GoalSet) -> Result<Evidence, ExecuteError> {
    let row = books.store().get::<Goal>(&action.goal).await.map_err(unread)?;
    if let Some(now) = row.as_ref().map(|row| row.value.value).filter(|now| *now != action.from) {
        let GoalSet { goal, from, .. } = action;
        return Err(ExecuteError::Premise(format!("goal `{goal}` is now {now}, decided on {from}")));
    }
    let version = row.as_ref().map_or(0, |row| row.seq) + 1;
    write(books, order, action, row.as_ref()).await?;
    Ok(evidence(&format!("{}#{}", Goal::KIND, action.goal), version, &told(action)))
}

/// The goal, and the fact by which agents and premises know it.
async fn write(
    books: &Books,
    order: &Order<'_>,
    action: &GoalSet,
    row: Option<&Row<Goal>>,
) -> Result<(), ExecuteError> {
    let (name, by) = (action.goal.clone(), order.by.to_vec());
    let goal = Goal { name, value: action.to, action: order.id, by, updated: order.now };
    let entry = Books::entry(order, "set", goal.status()).because([format!("{} to {}", action.from, action.to)]);
    let mut tx = books.store().tx(order.now);
    let changed = match row {
        Some(row) => tx.update(row, &goal, entry),
        None => tx.create(&goal, entry),
    };
    let noted = changed.and_then(|()| tx.note(&known(&goal)));
    noted.map_err(|error| ExecuteError::Refused(error.to_string()))?;
    Books::write(order, tx).await
}

fn known(goal: &Goal) -> Fact {
    let fields = [(Goal::FIELD.to_owned(), goal.value.to_string())];
    Fact { source: Goal::source(&goal.name), fields: fields.into(), at: goal.updated }
}

/// What happened, for the record.
pub(crate) fn told(action: &GoalSet) -> String {
    format!("goal `{}` went from {} to {}", action.goal, action.from, action.to)
}
