//! Shopify's global ids, `gid://shopify/<Kind>/<number>`.

/// The first number given out: one above 2^53, so that a client that reads ids as floats breaks.
pub(crate) const FIRST: i64 = 9_007_199_254_740_993;

/// A parsed global id.
#[derive(Debug, PartialEq)]
pub(crate) struct Gid<'a> {
    pub(crate) kind: &'a str,
    pub(crate) id: i64,
    /// What follows `?`, as in an inventory level's id.
    pub(crate) query: Option<&'a str>,
}

/// Writes the global id of `id`.
pub(crate) fn gid(kind: &str, id: i64) -> String {
    format!("gid://shopify/{kind}/{id}")
}

/// Whether the text has the form of a global id, whatever it names.
pub(crate) fn is_gid(text: &str) -> bool {
    split(text).is_some()
}

fn split(text: &str) -> Option<(&str, &str)> {
    let (kind, rest) = text.strip_prefix("gid://shopify/")?.split_once('/')?;
    let named = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric());
    (named && !rest.is_empty()).then_some((kind, rest))
}

impl<'a> Gid<'a> {
    /// Reads a global id with a numeric part; `None` for any other text.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (kind, rest) = split(text)?;
        let (number, query) = match rest.split_once('?') {
            Some((number, query)) => (number, Some(query)),
            None => (rest, None),
        };
        let id = number.parse().ok()?;
        Some(Self { kind, id, query })
    }

    /// The number of an id that must be of `kind`.
    pub(crate) fn of(kind: &str, text: &str) -> Option<i64> {
        Gid::parse(text).filter(|g| g.kind == kind).map(|g| g.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_beyond_two_to_the_53_survives_and_other_text_is_refused() {
        let text = gid("Product", FIRST);
        assert_eq!(Gid::of("Product", &text), Some(FIRST));
        assert_eq!(Gid::of("Collection", &text), None);
        for bad in ["", "1", "gid://shopify/Product", "gid://shopify//1", "gid://other/Product/1"] {
            assert!(!is_gid(bad), "{bad}");
        }
        assert_eq!(Gid::parse("gid://shopify/Product/x"), None);
    }
}
