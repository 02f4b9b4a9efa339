//! What is written of delegations, and what must not be.

use crate::{
    auth::Permit,
    extract::Account,
    problem::{Kind, Problem},
    view::who,
};
use domain::{
    ActionId, Role,
    audit::Entry,
    delegation::{Delegation, Delegations},
};
use store::{Row, Tx};
use time::OffsetDateTime;

/// The most that one account may decide in place of others.
const MOST: usize = 100;

/// To whom, until when and why.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub(super) to: Account,
    pub(super) until: OffsetDateTime,
    pub(super) reason: String,
}

impl Terms {
    /// What the person who holds `permit` delegates by these terms.
    ///
    /// # Errors
    /// When it would be to a machine, to themselves or to one of the `authors`, or its time is over already.
    pub(super) fn delegation(
        &self,
        permit: &Permit,
        request: Option<ActionId>,
        authors: &[&str],
    ) -> Result<Delegation, Problem> {
        let (person, human) = (permit.person(), permit.granted().human.clone());
        let to = permit.human(self.to.as_str());
        if to == human || self.to.as_str().eq_ignore_ascii_case(&person.account) {
            return Err(wrong("that is you", "name somebody else"));
        }
        if authors.contains(&to.as_str()) {
            return Err(wrong("they asked for it themselves, or changed it", "name somebody else"));
        }
        if is_machine(permit, self.to.as_str()) {
            return Err(wrong("that is a machine, and machines never decide", "name a person"));
        }
        let now = permit.now();
        if self.until <= now {
            return Err(Problem::new(Kind::State, "its time is over already: give a later `until`"));
        }
        let roles = person.roles.iter().copied().filter(|role| !matches!(role, Role::Auditor | Role::Agent)).collect();
        let (from, until, reason) = (person.account.clone(), self.until, self.reason.clone());
        Ok(Delegation { from, human, roles, request, since: now, until, reason })
    }
}

fn wrong(what: &str, fix: &str) -> Problem {
    Problem::field(Kind::Field, "to", what, fix)
}

/// Whether the account looks like one of ours that is no person.
fn is_machine(permit: &Permit, account: &str) -> bool {
    let name = account.to_lowercase();
    let is = |member: &crate::Member| member.name.as_str() == name || member.name.function() == name;
    permit.roster().members().iter().any(is) || ["api", "gate", "clock", "policy", "agent"].contains(&name.as_str())
}

/// What others lent the account `to`.
pub(super) async fn read(permit: &Permit, to: &str) -> Result<Option<Row<Delegations>>, Problem> {
    Ok(permit.store().get::<Delegations>(&to.to_lowercase()).await?)
}

/// Whether it is written already: the same word of the same person.
pub(super) fn is_held(row: Option<&Row<Delegations>>, new: &Delegation) -> bool {
    let same = |held: &Delegation| {
        held.human == new.human && held.request == new.request && held.until == new.until && held.reason == new.reason
    };
    row.is_some_and(|row| row.value.held.iter().any(same))
}

/// Adds to `tx` that `new` holds for the account `to`.
///
/// # Errors
/// When the account stands in for too many already, or it cannot be written.
pub(super) fn add(
    tx: &mut Tx<'_>,
    (permit, to): (&Permit, &str),
    row: Option<&Row<Delegations>>,
    new: Delegation,
) -> Result<(), Problem> {
    let (now, to) = (permit.now(), to.to_lowercase());
    let before = row.map_or_else(|| Delegations::none(&to, now), |row| row.value.clone());
    let reason = new.reason.clone();
    let next = before.with(new, now);
    if next.held.len() > MOST {
        return Err(Problem::new(Kind::State, format!("`{to}` stands in {MOST} times already")));
    }
    let entry = Entry::new(who(&permit.person().account), "delegated", "HELD").because([reason]);
    match row {
        Some(row) => tx.update(row, &next, entry)?,
        None => tx.create(&next, entry)?,
    }
    Ok(())
}
