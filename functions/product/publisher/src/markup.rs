//! A supplier's description, taken apart and written again.
//!
//! The markup of a stranger is never passed on: a sanitiser reduces it to bare tags that separate blocks, the
//! text between them is taken as text, and our own paragraphs and lists are written around it, escaped.

use crate::text;
use ammonia::Builder;
use std::collections::{HashMap, HashSet};

/// Tags that separate one block of text from the next.
const BREAKS: [&str; 22] = [
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "section",
    "blockquote",
    "pre",
];
/// What people put in front of a list item in plain text.
const BULLETS: [&str; 4] = ["- ", "* ", "• ", "· "];

/// A piece of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(String),
    /// An item of a list.
    Item(String),
}

impl Block {
    /// Its text.
    pub(crate) fn text(&self) -> &str {
        let (Self::Paragraph(text) | Self::Item(text)) = self;
        text
    }
}

/// The pieces of a description, be it HTML or plain text.
pub(crate) fn blocks(outside: &str) -> Vec<Block> {
    let bare = bare(outside);
    let mut pieces = bare.split('<');
    let first = pieces.next().unwrap_or_default();
    let mut blocks = lines(first);
    for piece in pieces {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let found = lines(text).into_iter();
        match tag {
            "li" => blocks.extend(found.map(|block| Block::Item(block.text().to_owned()))),
            _ => blocks.extend(found),
        }
    }
    blocks
}

/// The same text with nothing but bare [`BREAKS`] in it, so that each `<` starts one of them.
fn bare(outside: &str) -> String {
    Builder::default()
        .tags(HashSet::from(BREAKS))
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::new())
        .link_rel(None)
        .clean(outside)
        .to_string()
}

/// Text between two tags: one block, or one for each line where it has lines.
fn lines(escaped: &str) -> Vec<Block> {
    let text = html_escape::decode_html_entities(escaped);
    let lines = text.lines().map(text::line).filter(|line| !line.is_empty());
    let bullet = |line: &str| BULLETS.iter().find_map(|bullet| line.strip_prefix(bullet)).map(str::to_owned);
    lines.map(|line| bullet(&line).map_or(Block::Paragraph(line), Block::Item)).collect()
}

/// Our own HTML: paragraphs, lists, and escaped text.
pub(crate) fn html(blocks: &[Block]) -> String {
    let mut html = String::new();
    for run in blocks.chunk_by(|a, b| matches!((a, b), (Block::Item(_), Block::Item(_)))) {
        match run {
            [Block::Paragraph(text)] => html.push_str(&format!("<p>{}</p>", html_escape::encode_text(text))),
            items => {
                let items = items.iter().map(|item| format!("<li>{}</li>", html_escape::encode_text(item.text())));
                html.push_str(&format!("<ul>{}</ul>", items.collect::<String>()));
            }
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_from_outside_becomes_our_own() {
        let cases = [
            (
                "<p>A lamp.</p><ul><li>Warm</li><li>Steel</li></ul>",
                "<p>A lamp.</p><ul><li>Warm</li><li>Steel</li></ul>",
            ),
            ("Plain text\n\n- one\n- two\nend", "<p>Plain text</p><ul><li>one</li><li>two</li></ul><p>end</p>"),
            ("<b>Bold</b> &amp; <i>bright</i> 2 &lt; 3", "<p>Bold &amp; bright 2 &lt; 3</p>"),
            ("<script>alert(1)</script><p onclick=x>Hi<br>you</p>", "<p>Hi</p><p>you</p>"),
            ("<img src=x onerror=alert(1)>", ""),
            ("&lt;script&gt;alert(1)&lt;/script&gt;", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
            ("", ""),
        ];
        for (outside, wanted) in cases {
            assert_eq!(html(&blocks(outside)), wanted, "{outside}");
        }
    }

    proptest! {
        #[test]
        fn no_text_from_outside_is_markup(outside in ".{0,200}|(<[a-z/!]{0,8}[ =\"'>a-z]{0,12}|&[a-z#0-9;]{0,6}|[a-z \n]){0,40}") {
            let html = html(&blocks(&outside));
            let ours = ["<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>"];
            let left = ours.iter().fold(html, |rest, tag| rest.replace(tag, ""));
            prop_assert!(!left.contains(['<', '>']), "{left}");
        }
    }
}
