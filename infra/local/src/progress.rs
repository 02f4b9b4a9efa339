//! What a person who watches sees of the work: one line per product and stage.

use async_trait::async_trait;
use domain::{
    Order, OrderStage, Record, Status,
    journey::{Journey, Stage},
    task::{Task, TaskStatus},
    text::Lang,
};
use emulator::Handler;
use serde_json::Value;
use store::stream::Change;

/// Prints what every committed change means.
pub(crate) struct Progress {
    api: String,
}

impl Progress {
    pub(crate) const fn new(api: String) -> Self {
        Self { api }
    }

    fn line(&self, change: &Change) -> Option<String> {
        if !change.is_state() || change.old_status == change.new_status {
            return None;
        }
        match change.kind.as_str() {
            "JOURNEY" => change.body().ok().and_then(|journey| staged(&journey)),
            "ORDER" => change.body().ok().and_then(|order| moved(&order)),
            "ACTION" => change.body().ok().and_then(|record| self.acted(&record)),
            "TASK" => change.body().ok().and_then(|task| failed(&task).or_else(|| scouted(&task))),
            "CONTROL" => {
                Some(format!("control    {}", change.new_status.as_deref().unwrap_or_default().to_lowercase()))
            }
            _ => None,
        }
    }

    fn acted(&self, record: &Record) -> Option<String> {
        let (id, what) = (record.proposal.id, record.proposal.action.sentence(Lang::En));
        let note = record.note.as_deref().unwrap_or_default();
        match record.status {
            Status::Pending => {
                let why: Vec<&str> = record.decision.reasons.iter().map(|reason| reason.en.as_str()).collect();
                Some(format!(
                    "waiting    {what}\n           why: {}\n           see {}/inbox/{id}",
                    why.join("; "),
                    self.api
                ))
            }
            Status::Failed | Status::Unknown | Status::Held | Status::Simulated => {
                Some(format!("{:<10} {what}: {note}", record.status.name().to_lowercase()))
            }
            _ => None,
        }
    }
}

fn staged(journey: &Journey) -> Option<String> {
    let title = &journey.candidate.title;
    let of = &journey.candidate.product;
    match journey.stage {
        Stage::Vetting => Some(format!("found      {title} ({of}), score {}", journey.scored.score)),
        Stage::Pricing => journey.vetted.as_ref().map(|vetted| format!("vetted     {title}: {}", vetted.reason)),
        Stage::Review => {
            journey.priced.as_ref().map(|priced| format!("priced     {title}: margin {} %", priced.margin_percent))
        }
        Stage::Publishing => Some(format!("approved   {title} by the CEO function")),
        Stage::Deciding => None,
        Stage::Published => Some(format!("published  {title}")),
        Stage::Stopped => journey.ending.as_ref().map(|ending| format!("stopped    {title}: {}", ending.reason)),
    }
}

fn moved(order: &Order) -> Option<String> {
    let (name, total) = (&order.shop.name, order.shop.totals.total);
    let why = order.reason.as_deref().unwrap_or_default();
    let at = || order.live().map(|parcel| parcel.supplier.as_str()).collect::<Vec<_>>().join(" and ");
    match order.stage {
        OrderStage::Received => Some(format!("bought     order {name} over {total}")),
        OrderStage::Held => Some(format!("held       order {name}: {why}")),
        OrderStage::Ordered => Some(format!("ordered    order {name} with {}", at())),
        OrderStage::Shipped => Some(format!("shipped    order {name}")),
        OrderStage::Delivered => Some(format!("delivered  order {name}")),
        OrderStage::Cancelled => Some(format!("cancelled  order {name}")),
        OrderStage::Stuck => Some(format!("stuck      order {name}: {why}")),
        OrderStage::Ordering => None,
    }
}

/// Work that was given up, and why.
fn failed(task: &Task) -> Option<String> {
    let why = task.error.as_ref().filter(|_| task.status == TaskStatus::Failed)?;
    Some(format!("failed     {} ({}): {why}", task.agent, task.kind))
}

/// What the scout says of the whole feed.
fn scouted(task: &Task) -> Option<String> {
    if task.agent.function() != "product-scout" || task.status != TaskStatus::Done {
        return None;
    }
    let count = |name: &str| {
        let found = task.report.get(name)?;
        found.get("count").unwrap_or(found).as_u64()
    };
    let parts = [
        ("products", "products"),
        ("rejectedRows", "rejected"),
        ("abstained", "not judged for want of facts"),
        ("known", "known before"),
        ("shortlisted", "shortlisted"),
        ("started", "started"),
    ];
    let told: Vec<String> =
        parts.into_iter().filter_map(|(key, word)| count(key).map(|n| format!("{n} {word}"))).collect();
    Some(format!("scouted    {}", told.join(", ")))
}

#[async_trait]
impl Handler for Progress {
    async fn invoke(&self, event: Value) -> Result<Value, String> {
        let records = event.get("Records").and_then(Value::as_array).cloned().unwrap_or_default();
        let lines =
            records.iter().filter_map(|record| Change::read(record).ok()).filter_map(|change| self.line(&change));
        lines.for_each(|line| crate::console::say(&line));
        Ok(Value::Null)
    }
}
