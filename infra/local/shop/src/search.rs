//! The `query:` argument of lists: `field:value` terms that must all hold.

use crate::fail::Fail;
use std::cmp::Ordering;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// One term; `prefix` when its value ended in `*`, `order` when it compares.
#[derive(Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) field: String,
    value: String,
    prefix: bool,
    order: Option<Order>,
}

/// How an instant must stand to the value.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Order {
    side: Ordering,
    or_equal: bool,
}

impl Term {
    /// Whether a value satisfies the term; case does not matter.
    pub(crate) fn matches(&self, value: &str) -> bool {
        let value = value.to_lowercase();
        if self.prefix { value.starts_with(&self.value) } else { value == self.value }
    }

    /// The value to look up exactly, if the term is exact.
    pub(crate) fn exact(&self) -> Option<&str> {
        (!self.prefix).then_some(self.value.as_str())
    }

    /// Whether an instant satisfies the term.
    pub(crate) fn holds_at(&self, stamp: &str) -> Result<bool, Fail> {
        let at = instant(stamp)?;
        let value = instant(&self.value)?;
        let found = at.cmp(&value);
        Ok(match self.order {
            Some(order) => found == order.side || (order.or_equal && found == Ordering::Equal),
            None => found == Ordering::Equal,
        })
    }
}

/// An instant, or the beginning of a day in UTC.
fn instant(text: &str) -> Result<OffsetDateTime, Fail> {
    let text = text.to_uppercase();
    let day = time::macros::format_description!("[year]-[month]-[day]");
    let date = || time::Date::parse(&text, &day).map(|d| d.midnight().assume_utc());
    let read = OffsetDateTime::parse(&text, &Rfc3339).or_else(|_| date());
    read.map_err(|_| Fail::not_simulated(&format!("search date `{text}`")))
}

/// Reads a query. Free text, `OR`, negation and comparisons are not simulated.
pub(crate) fn parse(query: &str) -> Result<Vec<Term>, Fail> {
    parse_with(query, &[])
}

/// Reads a query in which the fields `dates` may be compared.
pub(crate) fn parse_with(query: &str, dates: &[&str]) -> Result<Vec<Term>, Fail> {
    words(query).into_iter().filter(|word| word != "AND").map(|word| term(&word, dates)).collect()
}

fn term(word: &str, dates: &[&str]) -> Result<Term, Fail> {
    let unsupported = || Fail::not_simulated(&format!("search term `{word}`"));
    let (field, value) = word.split_once(':').ok_or_else(unsupported)?;
    let (order, value) = comparison(value);
    let compared = order.is_some() || value.starts_with('=');
    if field.is_empty() || field.starts_with(['-', '(']) || (compared && !dates.contains(&field)) {
        return Err(unsupported());
    }
    let (value, prefix) = match value.strip_suffix('*') {
        Some(value) => (value, true),
        None => (value, false),
    };
    Ok(Term { field: field.to_owned(), value: value.to_lowercase(), prefix, order })
}

/// Splits `>=2026-07-01` into how to compare and with what.
fn comparison(value: &str) -> (Option<Order>, &str) {
    let signs = [(">=", Ordering::Greater), ("<=", Ordering::Less), (">", Ordering::Greater), ("<", Ordering::Less)];
    let found = signs.iter().find_map(|(sign, side)| Some((sign, *side, value.strip_prefix(sign)?)));
    found.map_or((None, value), |(sign, side, rest)| (Some(Order { side, or_equal: sign.ends_with('=') }), rest))
}

/// Splits at white space outside quotes; quotes are dropped, a backslash escapes.
fn words(query: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut chars = query.chars();
    while let Some(c) = chars.next() {
        let Some(word) = words.last_mut() else { break };
        match c {
            '\\' => word.extend(chars.next()),
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() && (word.is_empty() || word.ends_with([':', '>', '<', '='])) => {
                quote = Some(c)
            }
            c if c.is_whitespace() && quote.is_none() => words.push(String::new()),
            c => word.push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_split_outside_quotes() {
        let terms = parse(r#"sku:"AB 1" AND status:ACTIVE title:Lamp*"#).unwrap();
        let fields: Vec<_> = terms.iter().map(|t| t.field.as_str()).collect();
        assert_eq!(fields, ["sku", "status", "title"]);
        assert!(terms[0].matches("ab 1"));
        assert!(terms[2].matches("Lampshade"));
        assert!(!terms[1].matches("draft"));
    }

    #[test]
    fn what_the_sandbox_cannot_search_is_refused() {
        for query in ["lamp", "-status:draft", "updated_at:>2026-01-01", "a:1 OR b:2"] {
            assert_eq!(parse(query).unwrap_err().code, "NOT_SIMULATED", "{query}");
        }
    }
}
