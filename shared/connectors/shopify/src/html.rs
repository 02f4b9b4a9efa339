//! Descriptions, stripped to what a description needs.
//!
//! A description quotes text from suppliers. Whatever markup it carries in, only paragraphs, lists and
//! emphasis reach the shop: no script, no style, no link, no image.

use ammonia::Builder;
use std::collections::HashSet;

const TAGS: [&str; 8] = ["p", "br", "ul", "ol", "li", "strong", "em", "b"];

/// The description with everything else taken out; text stays.
pub(crate) fn clean(html: &str) -> String {
    Builder::empty()
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paragraphs_lists_and_emphasis_survive() {
        let cases = [
            (
                "<p>Warm <strong>light</strong></p><ul><li>oak</li></ul>",
                "<p>Warm <strong>light</strong></p><ul><li>oak</li></ul>",
            ),
            ("<p onclick=\"x()\">a</p><script>steal()</script>", "<p>a</p>"),
            ("<a href=\"https://x\">b</a><img src=x onerror=y>", "b"),
            ("<h1>c</h1><iframe src=x></iframe>", "c"),
            ("a < b & c", "a &lt; b &amp; c"),
            ("<style>p{}</style><p style=\"x\">d", "<p>d</p>"),
            ("<svg><p>e</p></svg>", "<p>e</p>"),
        ];
        for (html, wanted) in cases {
            assert_eq!(clean(html), wanted, "{html}");
        }
    }
}
