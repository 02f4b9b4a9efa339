//! Text from outside, made into something that nobody's mail or chat program acts upon.
//!
//! It stays one line, so that it can never look like a line of ours. Characters that turn, hide or control text
//! are shown by their number. What a program would make a link of is broken visibly: an agent's words must not
//! offer anything to click, above all nothing that looks like a card.

use domain::{Action, text::visible};

/// Characters that address bars read as a full stop.
const STOPS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// `text` as one inert line of at most `most` characters; what is cut off ends with `…`.
#[must_use]
pub fn line(text: &str, most: usize) -> String {
    // Cut first: a text without end must not cost time without end.
    let shown = visible(&text.chars().take(most.saturating_mul(2)).collect::<String>());
    let words: Vec<String> = shown.split_whitespace().map(unlinked).collect();
    let whole = words.join(" ");
    let ends = text.chars().nth(most.saturating_mul(2)).is_none();
    if ends && whole.chars().count() <= most {
        return whole;
    }
    whole.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// The word, so that no program takes it for an address.
fn unlinked(word: &str) -> String {
    if Action::KINDS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())) {
        return word.to_owned();
    }
    let word = word.replace("://", "[:]//");
    let mut out = String::with_capacity(word.len());
    let mut before = None;
    let mut rest = word.chars();
    while let Some(c) = rest.next() {
        let after: Vec<char> = rest.clone().take(2).collect();
        let joins = STOPS.contains(&c) && before.is_some_and(char::is_alphanumeric) && is_label(&after);
        if joins {
            out.push_str("[.]")
        } else {
            out.push(c)
        }
        before = Some(c);
    }
    out
}

/// Whether these could be the beginning of a name's next part: a number alone (`12.95`) could not.
fn is_label(after: &[char]) -> bool {
    after.len() == 2
        && after.iter().all(|c| c.is_alphanumeric() || *c == '-')
        && !after.iter().all(char::is_ascii_digit)
}

/// `text` as Slack wants it written: its three control characters as entities, at most `most` characters long.
#[must_use]
pub fn for_slack(text: &str, most: usize) -> String {
    let mut left = most;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let written = entity(c);
        let long = written.map_or(1, str::len);
        if long >= left {
            out.push('…');
            break;
        }
        left -= long;
        match written {
            Some(entity) => out.push_str(entity),
            None => out.push(c),
        }
    }
    out
}

const fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    }
}
