//! Small mistakes in a rule file, one at a time.
//!
//! Made in the text and not in the syntax tree: the files are written in one way, one statement a line.

use crate::source::Source;
use std::fmt;

/// One mistake.
#[derive(Debug, Clone)]
pub(super) struct Mutant {
    /// The file.
    pub(super) file: String,
    /// The rule, and which of the same name in the file.
    rule: String,
    /// The line as it is, and what is changed in it.
    line: String,
    what: String,
    /// The whole file with the mistake.
    pub(super) text: String,
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} · {} · {} · {}", self.file, self.rule, self.line, self.what)
    }
}

/// A piece of a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Name,
    Sign,
}

struct Token<'a> {
    kind: Kind,
    at: usize,
    text: &'a str,
}

const SIGNS: [&str; 15] = ["<=", ">=", "==", "!=", ":=", "<", ">", "+", "-", "*", "/", "%", "|", "{", "}"];
const TIERS: [&str; 5] = ["LOW", "MEDIUM", "CEO", "HIGH", "DENIED"];

/// All mistakes that are made in a file.
pub(super) fn mutants(source: &Source) -> Vec<Mutant> {
    let maker = Maker { source, rules: rules(&source.text) };
    let mut found = Vec::new();
    for token in tokens(&source.text) {
        for to in maker.instead(&token) {
            found.extend(maker.made(token.at, token.at + token.text.len(), &to));
        }
    }
    for (start, end) in lines(&source.text) {
        if is_statement(source.text.get(start..end).unwrap()) && maker.inside(start) {
            found.extend(maker.made(start, end, "\ttrue"));
        }
    }
    for rule in &maker.rules {
        found.extend(maker.made(rule.start, rule.end, ""));
    }
    for (start, end) in branches(&source.text) {
        found.extend(maker.made(start, end, "}"));
    }
    for (start, end) in entries(&source.text) {
        found.extend(maker.made(start, end, ""));
    }
    found
}

struct Rule {
    name: String,
    start: usize,
    end: usize,
}

struct Maker<'a> {
    source: &'a Source,
    rules: Vec<Rule>,
}

impl Maker<'_> {
    fn made(&self, start: usize, end: usize, to: &str) -> Option<Mutant> {
        let text = &self.source.text;
        let rule = self.rules.iter().find(|rule| (rule.start..rule.end).contains(&start))?;
        let from = text.get(start..end)?;
        let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let before = text.get(..start)?.matches('\n').count() - text.get(..rule.start)?.matches('\n').count();
        let line = text.get(line_start..)?.lines().next()?.trim().to_owned();
        let what = match (from.trim(), to.trim()) {
            (from, "") if from.lines().count() > 1 => "the rule is gone".to_owned(),
            (_, "}") => "the branch is gone".to_owned(),
            (_, "true") => "the statement is gone".to_owned(),
            (from, "") => format!("{from} is gone"),
            (from, to) => format!("{from} → {to}, at {}", start - line_start),
        };
        let rule = format!("{}+{before}", rule.name);
        let text = [text.get(..start)?, to, text.get(end..)?].concat();
        Some(Mutant { file: self.source.name.clone(), rule, line, what, text })
    }

    /// Whether a place is inside a rule, below its first line.
    fn inside(&self, at: usize) -> bool {
        self.rules.iter().any(|rule| rule.start < at && at < rule.end)
    }

    /// What is written instead of a token.
    fn instead(&self, token: &Token<'_>) -> Vec<String> {
        let after = self.source.text.get(token.at + token.text.len()..).unwrap();
        let before = self.source.text.get(..token.at).unwrap();
        let all = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        match (token.kind, token.text) {
            (Kind::Sign, "<") => all(&["<=", ">="]),
            (Kind::Sign, "<=") => all(&["<", ">"]),
            (Kind::Sign, ">") => all(&[">=", "<="]),
            (Kind::Sign, ">=") => all(&[">", "<"]),
            (Kind::Sign, "==") => all(&["!="]),
            (Kind::Sign, "!=") => all(&["=="]),
            (Kind::Sign, "+") => all(&["-"]),
            (Kind::Sign, "-") => all(&["+"]),
            (Kind::Sign, "*") => all(&["+"]),
            (Kind::Sign, "/") => all(&["*"]),
            (Kind::Sign, "%") => all(&["*"]),
            (Kind::Number, number) => {
                let number: i64 = number.parse().unwrap();
                vec![(number + 1).to_string(), (number - 1).to_string()]
            }
            (Kind::Name, "true") => all(&["false"]),
            (Kind::Name, "false") => all(&["true"]),
            (Kind::Name, "not") if after.starts_with(' ') => vec![String::new()],
            (Kind::Name, "min") if after.starts_with('(') => all(&["max"]),
            (Kind::Name, "max") if after.starts_with('(') => all(&["min"]),
            (Kind::Name, name) if is_limit(name) && !after.starts_with('[') => {
                vec![format!("({name} + 1)"), format!("({name} - 1)")]
            }
            (Kind::Text, text) if after.starts_with(':') || text.len() < 3 => Vec::new(),
            (Kind::Text, text) => word(text.trim_matches('"'), before),
            _ => Vec::new(),
        }
    }
}

/// A limit of `thresholds.rego`, by its path or by a short name of its table.
fn is_limit(name: &str) -> bool {
    let steps = name.split('.').count();
    (name.starts_with("thresholds.") && steps == 3)
        || (["limits.", "weights."].iter().any(|table| name.starts_with(table)) && steps == 2)
}

/// Another word than this constant.
fn word(text: &str, before: &str) -> Vec<String> {
    let after_key = |key: &str| before.ends_with(&format!("\"{key}\": "));
    if let Some(at) = TIERS.iter().position(|tier| *tier == text) {
        return vec![format!("{:?}", TIERS[(at + 1) % TIERS.len()]), format!("{:?}", TIERS[(at + 4) % TIERS.len()])];
    }
    if after_key("code") || after_key("reaches") || after_key("over") {
        // One that has a sentence too, so that only a test can tell.
        return vec![if text == "stopped" { "\"probation\"" } else { "\"stopped\"" }.to_owned()];
    }
    vec![format!("\"{text}x\"")]
}

/// The rules of a file: a first line at the margin, up to where its brackets close.
fn rules(text: &str) -> Vec<Rule> {
    let mut found: Vec<Rule> = Vec::new();
    let mut depth = 0_i64;
    for (start, end) in lines(text) {
        let line = text.get(start..end).unwrap();
        let begins = depth == 0 && line.starts_with(|c: char| c.is_ascii_alphabetic());
        let skipped = ["package ", "import "].iter().any(|word| line.starts_with(word));
        if begins && !skipped {
            let name = line.trim_start_matches("default ");
            let name = name.split([' ', '(']).next().unwrap().to_owned();
            found.push(Rule { name, start, end });
        }
        if !line.starts_with('#') {
            depth += tokens_depth(line);
            if let Some(rule) = found.last_mut().filter(|_| !skipped && !line.is_empty()) {
                rule.end = end;
            }
        }
    }
    found
}

fn tokens_depth(line: &str) -> i64 {
    let mut quoted = false;
    let mut depth = 0;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' | '(' if !quoted => depth += 1,
            '}' | ']' | ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    depth
}

fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut at = 0;
    let ends = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), at - usize::from(line.ends_with('\n')))
    });
    ends.collect()
}

/// A whole statement of a body: indented, brackets closed, and neither an entry of a table nor a branch.
fn is_statement(line: &str) -> bool {
    let inner = line.trim();
    line.starts_with('\t')
        && tokens_depth(line) == 0
        && !inner.ends_with(',')
        && !inner.starts_with(['}', ']', '"', '#'])
}

/// Every `} else := … {` up to the bracket that closes it.
fn branches(text: &str) -> Vec<(usize, usize)> {
    let starts = text.match_indices("\n} else ").map(|(at, _)| at + 1);
    let closed = |start: usize| {
        let (mut depth, mut opened) = (0_i64, false);
        for (at, c) in text.get(start + 1..)?.char_indices() {
            match c {
                '{' => (depth, opened) = (depth + 1, true),
                '}' => depth -= 1,
                '\n' if depth == 0 => return Some((start, start + 1 + at)),
                _ => {}
            }
            if depth == 0 && opened && text.get(start + 1 + at..)?.starts_with("} else") {
                return Some((start, start + 2 + at));
            }
        }
        Some((start, text.len() - 1))
    };
    starts.filter_map(closed).collect()
}

/// Words in lists, each with the comma behind it.
fn entries(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for token in tokens(text).into_iter().filter(|token| token.kind == Kind::Text) {
        let end = token.at + token.text.len();
        let (before, after) = (text.get(..token.at).unwrap(), text.get(end..).unwrap());
        let alone = before.trim_end().ends_with('[') && after.trim_start().starts_with(']');
        let listed = before.trim_end().ends_with(['[', ',', '{']) && after.starts_with([',', ']', '}']);
        if listed && !alone && !before.ends_with(": ") {
            let comma = usize::from(after.starts_with(','));
            let start = if comma == 0 { before.trim_end().trim_end_matches(',').len() } else { token.at };
            found.push((start, end + comma));
        }
    }
    found
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, len) = token(rest);
        if let Some(kind) = kind {
            found.push(Token { kind, at, text: &rest[..len] });
        }
        at += len;
    }
    found
}

fn token(rest: &str) -> (Option<Kind>, usize) {
    let first = rest.chars().next().unwrap();
    let while_ = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
    if first == '#' {
        return (None, while_(|c| c != '\n'));
    }
    if first == '"' {
        return (Some(Kind::Text), rest[1..].find('"').unwrap() + 2);
    }
    if first.is_ascii_digit() {
        return (Some(Kind::Number), while_(|c| c.is_ascii_digit()));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        return (Some(Kind::Name), while_(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.'));
    }
    match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        Some(sign) => (Some(Kind::Sign), sign.len()),
        None => (None, first.len_utf8()),
    }
}
