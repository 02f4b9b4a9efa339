//! The feed as a table, usually separated by tabs.

use super::{
    attribute::{self, Attribute},
    entry::Entry,
    shipping,
};
use crate::{
    limits,
    problem::Fault,
    row::Row,
    table::{Cells, Class, Dialect},
};
use domain::Currency;

/// Reads rows of a Google product table.
pub(crate) struct Google {
    pub(crate) currency: Option<Currency>,
}

/// Whether headers, in lower case, are those of a Google feed.
pub(crate) fn recognises(headers: &[String]) -> bool {
    let own = headers.iter().filter_map(|header| match attribute::classify(header) {
        Class::Used(attribute) => Some(attribute),
        Class::Known | Class::Unknown => None,
    });
    let own: Vec<Attribute> = own.collect();
    own.contains(&Attribute::Id) && own.len() > 2
}

impl Dialect for Google {
    type Column = Attribute;
    const REQUIRED: &'static [(Attribute, &'static str)] = &[(Attribute::Id, "id"), (Attribute::Title, "title")];

    fn classify(header: &str) -> Class<Attribute> {
        attribute::classify(header)
    }

    fn repeatable(attribute: Attribute) -> bool {
        attribute.is_repeatable()
    }

    fn key(&self, cells: &Cells<'_, Attribute>) -> Option<String> {
        let group = cells.value(Attribute::Group).ok()?;
        Entry { values: vec![(Attribute::Group, group)], shipping: Vec::new() }.key()
    }

    fn name(&self, cells: &Cells<'_, Attribute>) -> Option<String> {
        let id = cells.value(Attribute::Id).ok()?;
        id.name(limits::NAME).ok().flatten()
    }

    fn row(&mut self, cells: &Cells<'_, Attribute>) -> Result<Row, Fault> {
        let mut entry = Entry::default();
        for (attribute, value) in cells.all() {
            let value = value?;
            if attribute == Attribute::Shipping {
                entry.shipping.extend(shipping::split(value.field(), value.given().unwrap_or_default()));
            } else {
                entry.values.push((attribute, value));
            }
        }
        entry.row(self.currency)
    }
}
