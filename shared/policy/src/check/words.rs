//! The parser's messages, in words of whoever edits the file.

use crate::{Problem, source::Source};

/// What the parser says, what it means, and what to do.
const MEANINGS: &[(&str, &str, &str)] = &[
    (
        "invalid character in string",
        "a quote is missing before the end of the line",
        "put a straight quote (\") on both sides of the name",
    ),
    (
        "invalid character",
        "there is a sign that does not belong here",
        "write plain digits and straight quotes (\"), without a currency sign",
    ),
    (
        "invalid number",
        "this is not a whole number",
        "write digits only, such as 100000: no point, comma, space or underscore, and no zero first",
    ),
    (
        "expecting `}` while parsing object",
        "a comma or a closing bracket is missing here, or at the end of the line before",
        "end each line with a comma, and the table with }",
    ),
    (
        "expecting `}` while parsing set",
        "a colon is missing between a name and its number",
        "write it as \"name\": 100,",
    ),
    (
        "expecting expression",
        "a number is missing, or a sign stands where none belongs",
        "write digits only after the colon, without % or a currency sign",
    ),
    ("expecting identifier", "there is a bracket or sign too many", "take it out, or undo the last edit"),
    (
        "rule must have a body or assignment",
        "this line is neither a table nor a comment",
        "write `name := {…}`, or start the line with # if it is a comment",
    ),
    (
        "expecting `package`",
        "the line that starts with `package` is gone",
        "put it back as the first line after the comments",
    ),
];

/// A message of the parser.
pub(super) fn parse_problem(source: &Source, message: &str) -> Problem {
    let (line, column) = place(&source.name, message).unwrap_or_default();
    let error = message.rsplit("error: ").next().unwrap_or(message).trim();
    let known = MEANINGS.iter().find(|(start, ..)| error.starts_with(start));
    let (what, fix) = known.map_or((error, "undo the last edit"), |(_, what, fix)| (*what, *fix));
    Problem { file: source.name.clone(), line, column, what: what.to_owned(), fix: fix.to_owned() }
}

/// A problem of a file as a whole.
pub(super) fn whole_file(source: &Source, what: &str, fix: &str) -> Problem {
    Problem { file: source.name.clone(), line: 0, column: 0, what: what.to_owned(), fix: fix.to_owned() }
}

/// Line and column out of `--> file:line:column`.
fn place(file: &str, message: &str) -> Option<(u32, u32)> {
    let (_, after) = message.split_once(&format!("--> {file}:"))?;
    let mut numbers = after.lines().next()?.split(':');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}
