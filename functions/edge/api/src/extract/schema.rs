//! What a request may say, for the documentation.

use domain::{Action, Role, Status, Tier, journey::Stage, order::OrderStage, task::TaskStatus};
use utoipa::openapi::{Object, ObjectBuilder, Type};

/// One of these texts.
pub(crate) fn one_of<T: ToString>(names: impl IntoIterator<Item = T>) -> Object {
    texts(names).build()
}

/// The same, with what it is for: a filter's own comment does not reach the document.
fn only<T: ToString>(about: &str, names: impl IntoIterator<Item = T>) -> Object {
    texts(names).description(Some(about)).build()
}

fn texts<T: ToString>(names: impl IntoIterator<Item = T>) -> ObjectBuilder {
    let names = names.into_iter().map(|name| name.to_string());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names))
}

/// A status of an action.
pub(crate) fn action_status() -> Object {
    only("Only actions with this status.", Status::ALL)
}

/// A type of an action.
pub(crate) fn action_type() -> Object {
    only("Only actions of this type.", Action::KINDS)
}

/// A tier.
pub(crate) fn tier() -> Object {
    only("Only actions of this tier.", [Tier::Low, Tier::Medium, Tier::Ceo, Tier::High, Tier::Denied])
}

/// A merge patch that changes something.
pub(crate) fn changes() -> Object {
    let about = "The fields of `payload` that are to be another, as a JSON merge patch (RFC 7396). The type stays.";
    ObjectBuilder::new().min_properties(Some(1)).description(Some(about)).build()
}

/// A role.
pub(crate) fn role() -> Object {
    only("Only what this role may decide.", Role::ALL.map(Role::name))
}

/// In which order requests come.
pub(crate) fn approval_sort() -> Object {
    let orders = ["deadline", "-deadline", "amount", "-amount", "created", "-created"];
    only("In which order. Without one: what is due first, by asking others as well or by its deadline.", orders)
}

/// A status of a task.
pub(crate) fn task_status() -> Object {
    only(
        "Only tasks with this status.",
        [TaskStatus::Ready, TaskStatus::Held, TaskStatus::Done, TaskStatus::Failed].map(TaskStatus::name),
    )
}

/// A stage of a journey.
pub(crate) fn stage() -> Object {
    only("Only journeys in this stage.", Stage::ALL.map(Stage::name))
}

/// A stage of an order.
pub(crate) fn order_stage() -> Object {
    only("Only orders in this stage.", OrderStage::ALL.map(OrderStage::name))
}

/// Kinds of budgets, in the order in which they are listed.
pub(crate) const BUDGET_KINDS: [&str; 5] = ["store", "mandate", "cluster", "agent", "campaign"];

/// A kind of budget.
pub(crate) fn budget_kind() -> Object {
    only("Only budgets of this kind.", BUDGET_KINDS)
}
