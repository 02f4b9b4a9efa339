//! What the shop says of a stock of its own accord.
//!
//! The shop names an item by its own id, which no supplier knows. It is noted, and the next look at all products counts
//! what the shop shows: a sale that made it is an order, which tells of itself.

use agent::{AgentError, Context, Turn};
use store::fact::Fact;

pub(crate) async fn counted(ctx: &Context<'_>, item: &str, available: Option<i64>) -> Result<Turn, AgentError> {
    let Some(available) = available else { return Ok(Turn::default()) };
    let source = format!("inventory:item/{item}");
    let text = available.to_string();
    let known = ctx.reads.fact(&source).await?;
    if known.is_some_and(|fact| fact.fields.get("available") == Some(&text)) {
        return Ok(Turn::default());
    }
    let fact = Fact { source, fields: [("available".to_owned(), text)].into(), at: ctx.now };
    Ok(Turn { facts: vec![fact], ..Turn::default() })
}
