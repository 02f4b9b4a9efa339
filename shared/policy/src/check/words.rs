//! The parser's messages, in words of whoever edits the file.

use crate::{Problem, source::Source};

/// What the parser says, what it means, and what to do.
const MEANINGS: &[(&str, &str, &str)] = &[
    (
        "invalid character in string",
        "a quote is missing before the end of the line",
        "put a straight quote (\") on both sides of the name",
    ),
    ("unmatched \"", "a quote has no end", "put a straight quote (\") on both sides of the name"),
    ("unmatched `", "a text that begins with ` has no end", "use straight quotes (\") instead"),
    ("invalid escape sequence", "a backslash in a text changes the sign behind it", "take the backslash out"),
    ("invalid hex escape", "a backslash in a text changes the sign behind it", "take the backslash out"),
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
        "a comma or a closing bracket is missing here, or a colon between a name and its value",
        "end each line with a comma, and the table with }",
    ),
    ("expecting `]`", "a comma or a ] is missing here, or at the end of the line before", "end the list with ]"),
    ("expecting `)`", "a comma or a ) is missing here", "close every ( with a )"),
    ("expecting `:`", "a colon is missing between a name and its value", "write it as \"name\": value"),
    ("expecting }", "a condition here cannot be read, or a } is missing behind it", "write one condition on each line"),
    ("expecting `}`", "a } is missing here", "close every { with a }"),
    ("expecting expression", "something is missing before this sign", "write a value there, or undo the last edit"),
    ("expecting identifier", "there is a bracket or sign too many", "take it out, or undo the last edit"),
    ("expecting EOF", "something stands behind the end of the rule", "start a new line"),
    ("unexpected keyword", "a word of the language is used as a name here", "use another name"),
    (
        "`if` keyword is required",
        "the word `if` is missing before the {",
        "write `if {` between what the rule says and its conditions",
    ),
    ("`contains` keyword is required", "the word `contains` is missing", "write `name contains … if { … }`"),
    ("expected `else`", "two conditions follow each other without `else`", "write `} else := … if {`"),
    ("expected assignment or query after `else`", "nothing follows `else`", "write `else := … if {`"),
    ("else cannot be used with set rules", "a rule with `contains` has no `else`", "write a second rule instead"),
    ("invalid whitespace", "a space stands inside a name", "take the space out"),
    ("import path must begin", "only `data.…` and `input.…` can be imported", "write `import data.royal.thresholds`"),
    ("input cannot be shadowed", "`input` is what is judged, and no name for something else", "use another name"),
    ("data cannot be shadowed", "`data` are the tables and rules, and no name for something else", "use another name"),
    ("import shadows", "the same thing is imported twice", "keep one of the two lines that start with `import`"),
    (
        "rule must have a body or assignment",
        "this line is neither a table nor a remark",
        "write `name := {…}`, or start the line with # if it is a remark",
    ),
    (
        "expecting `package`",
        "the line that starts with `package` is gone",
        "put it back as the first line after the remarks",
    ),
    ("use of undefined variable", "a name is not known in this rule", "write it as it stands elsewhere in the rule"),
    ("Undefined variable", "a name is not known in this rule", "write it as it stands elsewhere in the rule"),
    ("duplicated definition of local variable", "a name is given twice in one rule", "use another name"),
    ("line exceeds maximum column width", "the line is longer than 1,000 characters", "break it in two"),
];

/// A message of the parser.
pub(super) fn parse_problem(source: &Source, message: &str) -> Problem {
    let (line, column) = place(&source.name, message).unwrap_or_default();
    let column = in_characters(source.text.lines().nth(index(line)), column);
    let (what, fix) = meaning(message);
    Problem { file: source.name.clone(), line, column, what, fix }
}

/// A message of the engine about rules that parse: it names the file itself, as the parser does.
pub(crate) fn engine_problem(rule: &str, message: &str) -> Problem {
    let file = message
        .split_once("--> ")
        .and_then(|(_, rest)| rest.split_once(".rego:"))
        .map(|(name, _)| format!("{name}.rego"));
    let place = file.as_deref().and_then(|file| place(file, message));
    let (line, column) = place.unwrap_or_default();
    let told = message.lines().find_map(|line| line.split_once("| ")).map(|(_, text)| text);
    let (what, fix) = meaning(message);
    Problem { file: file.unwrap_or_else(|| rule.to_owned()), line, column: in_characters(told, column), what, fix }
}

/// What a message means, and what to do.
fn meaning(message: &str) -> (String, String) {
    let error = message.rsplit("error: ").next().unwrap_or(message).trim();
    let known = MEANINGS.iter().find(|(start, ..)| error.starts_with(start));
    let (what, fix) = known.map_or((error, "undo the last edit"), |(_, what, fix)| (*what, *fix));
    let named = error.split('`').nth(1).or_else(|| error.split('\'').nth(1));
    let what = match named
        .filter(|_| what.starts_with("a name is not known") || what.starts_with("a word of the language"))
    {
        Some(name) => {
            what.replacen("a name", &format!("`{name}`"), 1).replacen("a word of", &format!("`{name}`, a word of"), 1)
        }
        None => what.to_owned(),
    };
    (what, fix.to_owned())
}

fn index(line: u32) -> usize {
    usize::try_from(line).unwrap_or_default().saturating_sub(1)
}

/// The parser counts a tab as four.
fn in_characters(line: Option<&str>, column: u32) -> u32 {
    let mut width = 1;
    for (at, c) in (1..).zip(line.unwrap_or_default().chars()) {
        if width >= column {
            return at;
        }
        width = width.saturating_add(if c == '\t' { 4 } else { 1 });
    }
    column.min(width)
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
