//! `publishablePublish` and `publishableUnpublish`.

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs::{self, Input};
use crate::model::Product;
use crate::mutation::{Handler, Outcome};
use crate::user_errors::UserErrors;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const INPUTS: &[&str] = &["id", "input.publicationId", "input.publishDate"];

pub(crate) const MUTATIONS: [Handler; 2] = [
    Handler {
        name: "publishablePublish",
        run: |cx, call| change(cx, call, |product, chosen| product.publications.extend(chosen)),
        inputs: INPUTS,
    },
    Handler {
        name: "publishableUnpublish",
        run: |cx, call| {
            change(cx, call, |product, chosen| {
                product.publications.retain(|id, _| !chosen.contains_key(id));
            })
        },
        inputs: INPUTS,
    },
];

/// Publication -> date, Unix seconds.
type Chosen = BTreeMap<i64, i64>;

fn change(cx: &Cx<'_>, call: &Call<'_>, apply: fn(&mut Product, Chosen)) -> Result<Outcome, Fail> {
    let id = Gid::parse(call.text("id").unwrap_or_default());
    let product = match id {
        Some(gid) if gid.kind == "Product" => cx.product(gid.id)?,
        _ => None,
    };
    let Some(product) = product else {
        let errors = UserErrors::one("", "id", "Resource does not exist");
        return Ok(Outcome::refused(payload(Value::Null), errors));
    };
    let link = json!(gid("Product", product.id));
    let mut errors = UserErrors::default();
    let chosen = choose(cx, &call.args, &mut errors)?;
    if !errors.is_empty() {
        return Ok(Outcome::refused(payload(link), errors));
    }
    let mut changed = Product::clone(&product);
    apply(&mut changed, chosen);
    cx.save(&mut changed, call.field)?;
    Ok(Outcome::applied(payload(link)))
}

fn payload(publishable: Value) -> Value {
    json!({ "publishable": publishable, "shop": gid("Shop", 1) })
}

fn choose(cx: &Cx<'_>, args: &Input, errors: &mut UserErrors) -> Result<Chosen, Fail> {
    let known: Vec<i64> = cx.publications()?.iter().map(|p| p.id).collect();
    let mut chosen = Chosen::new();
    for (i, entry) in inputs::list(args, "input").unwrap_or_default().into_iter().enumerate() {
        let at = format!("input.{i}.publicationId");
        let number = match inputs::text(entry, "publicationId") {
            None => {
                errors.add("", &at, "PublicationId cannot be empty");
                continue;
            }
            Some(text) => Gid::of("Publication", text).filter(|n| known.contains(n)),
        };
        let date = date(cx, entry);
        match number {
            None => errors.add("", &at, "Publication does not exist or is not publishable"),
            Some(_) if date < 0 => {
                errors.add("", &format!("input.{i}.publishDate"), "Publish date must be a date after the year 1969")
            }
            Some(n) if chosen.insert(n, date).is_some() => {
                errors.add("", &at, "The same publication was specified more than once");
            }
            Some(_) => {}
        }
    }
    Ok(chosen)
}

fn date(cx: &Cx<'_>, entry: &Input) -> i64 {
    inputs::text(entry, "publishDate")
        .and_then(|t| OffsetDateTime::parse(t, &Rfc3339).ok())
        .map_or_else(|| cx.unix(), OffsetDateTime::unix_timestamp)
}
