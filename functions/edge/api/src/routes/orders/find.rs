//! Finding orders.
//!
//! The index has a list for each stage, each by the time of the last change. Their heads, merged, are the orders that
//! changed last, whatever their stage: so a page costs the keys of one page for each stage, and the rows that it shows.

use crate::{
    extract::{Wanted, Words},
    problem::Problem,
    view::Page,
};
use domain::{Order, order::OrderStage};
use futures::future::try_join_all;
use store::{Row, Store, lines::Line, page::Cut};

/// Readings of rows that one page may cost.
const PATIENCE: usize = 4;
/// Orders that are looked at in one reading while names are searched.
const LOOKED_AT: usize = 100;

/// Which orders are wanted.
pub(super) struct Sought {
    pub(super) stages: Vec<OrderStage>,
    pub(super) words: Option<Words>,
}

/// One page of orders, latest change first.
pub(super) async fn page(store: &Store, sought: &Sought, wanted: &Wanted) -> Result<Page<Row<Order>>, Problem> {
    if let Some(found) = by_id(store, sought, wanted).await? {
        return Ok(Page { items: vec![found], next: None });
    }
    let (mut items, mut cursor) = (Vec::new(), wanted.cursor.clone());
    for _ in 0..PATIENCE {
        let left = wanted.limit - items.len();
        let limit = if sought.words.is_some() { left.max(LOOKED_AT) } else { left };
        let (lines, mut more) = latest(store, &sought.stages, limit, cursor).await?;
        let mut last = lines.last();
        let mut rows = read(store, sought, &lines).await?;
        if rows.len() > left {
            rows.truncate(left);
            last = rows.last().and_then(|row| lines.iter().find(|line| line.id == row.value.id()));
            more = true;
        }
        items.extend(rows);
        cursor = last.filter(|_| more).map(Line::place);
        if cursor.is_none() || items.len() >= wanted.limit {
            break;
        }
    }
    Ok(Page { items, next: cursor })
}

/// The order whose id is searched for.
async fn by_id(store: &Store, sought: &Sought, wanted: &Wanted) -> Result<Option<Row<Order>>, Problem> {
    let id = sought.words.as_ref().map(Words::as_str).filter(|id| is_id(id) && wanted.cursor.is_none());
    let Some(id) = id else { return Ok(None) };
    let row = store.get::<Order>(id).await?;
    Ok(row.filter(|row| sought.stages.contains(&row.value.stage)))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The keys of the orders in these stages that changed last, and whether there are more.
async fn latest(
    store: &Store,
    stages: &[OrderStage],
    limit: usize,
    cursor: Option<String>,
) -> Result<(Vec<Line>, bool), Problem> {
    let cut = Cut { cursor, ..Cut::latest(limit) };
    let heads = try_join_all(stages.iter().map(|stage| store.lines::<Order>(stage.name(), &cut))).await?;
    let more = heads.iter().any(|head| head.next.is_some());
    let mut lines: Vec<Line> = heads.into_iter().flat_map(|head| head.items).collect();
    lines.sort_by(|a, b| (&b.at, &b.id).cmp(&(&a.at, &a.id)));
    // One that moves on while it is read can stand in two lists.
    lines.dedup_by(|a, b| a.id == b.id);
    let more = more || lines.len() > limit;
    lines.truncate(limit);
    Ok((lines, more))
}

/// Those of them that are wanted, as they are now.
async fn read(store: &Store, sought: &Sought, lines: &[Line]) -> Result<Vec<Row<Order>>, Problem> {
    let ids: Vec<String> = lines.iter().map(|line| line.id.clone()).collect();
    let rows = store.things::<Order>(&ids).await?;
    let named = |row: &Row<Order>| sought.words.as_ref().is_none_or(|words| words.are_in_text(&row.value.shop.name));
    Ok(rows.into_iter().filter(|row| sought.stages.contains(&row.value.stage) && named(row)).collect())
}
