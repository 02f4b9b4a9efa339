//! The invented people of the sandbox: two for each role that decides, so that a quorum can be tried.

use domain::Role;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    /// Account.
    pub(crate) account: &'static str,
    /// Name.
    pub(crate) name: &'static str,
    /// What they are.
    pub(crate) role: Role,
}

/// All of them. `robot` is a machine: it can look, and decide nothing.
pub(crate) const PEOPLE: [Person; 12] = [
    person("olivia", "Olivia Owner", Role::Owner),
    person("otto", "Otto Owner", Role::Owner),
    person("fatima", "Fatima Finance", Role::Finance),
    person("frank", "Frank Finance", Role::Finance),
    person("oscar", "Oscar Operations", Role::Operations),
    person("odette", "Odette Operations", Role::Operations),
    person("maria", "Maria Marketing", Role::Marketing),
    person("mark", "Mark Marketing", Role::Marketing),
    person("sam", "Sam Support", Role::Support),
    person("sofie", "Sofie Support", Role::Support),
    person("anna", "Anna Auditor", Role::Auditor),
    person("robot", "A machine", Role::Agent),
];

const fn person(account: &'static str, name: &'static str, role: Role) -> Person {
    Person { account, name, role }
}

/// The person with this account.
pub(crate) fn find(account: &str) -> Option<Person> {
    PEOPLE.into_iter().find(|person| person.account == account)
}

/// The first person with this role.
pub(crate) fn first(role: Role) -> Option<Person> {
    PEOPLE.into_iter().find(|person| person.role == role)
}

/// The name that goes with an account; the account itself, where nobody was invented for it.
pub(crate) fn name_of(account: &str) -> &str {
    find(account).map_or(account, |person| person.name)
}
