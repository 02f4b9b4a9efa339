//! What a file says of itself: without it, the reference of the numbers and other tools know nothing of it.

use super::{File, names, words::whole_file};
use crate::{Problem, Rule, rules::DECISION};
use regorus::unstable::{Module, Rule as Written, RuleHead};

/// The longest line, in characters.
const LONGEST: usize = 120;

/// Every file that does not say what it is.
pub(super) fn problems(files: &[File<'_>]) -> Vec<Problem> {
    files.iter().flat_map(of_file).collect()
}

fn of_file(file: &File<'_>) -> Vec<Problem> {
    let lines: Vec<&str> = file.source.text.lines().collect();
    let package = names::package(&file.module).join(".");
    let mut found = Vec::new();
    if !says_title(above(&lines, file.module.package.span.line)) {
        let what = "the file does not say what it is";
        found.push(at(file, 1, 1, what, "begin it with `# METADATA` and `# title: …` on the lines above `package`"));
    }
    let path = format!("data.{}", file.source.name.trim_end_matches(".rego").replace('/', "."));
    if path != package {
        let what = format!("the file is named as `{}` is, and says `{}`", short(&path), short(&package));
        let span = &file.module.package.span;
        found.push(at(file, span.line, 1, &what, &format!("write `package {}`", short(&path))));
    }
    let asked = Rule::ALL.iter().map(|rule| rule.path()).chain([DECISION]);
    let asked = asked.filter_map(|path| path.strip_prefix(&package)?.strip_prefix('.'));
    found.extend(asked.filter_map(|name| entry(file, &lines, name)));
    let long = (1..).zip(&lines).filter(|(_, line)| line.chars().count() > LONGEST);
    found.extend(long.map(|(number, _)| {
        let what = format!("the line is longer than {LONGEST} characters");
        at(file, number, u32::try_from(LONGEST).unwrap_or_default().saturating_add(1), &what, "break it in two")
    }));
    found
}

/// A rule that the system asks is marked for tools that read the files.
fn entry(file: &File<'_>, lines: &[&str], name: &str) -> Option<Problem> {
    let line = line_of(&file.module, name)?;
    let said = above(lines, line);
    let marked = said.contains(&"# METADATA") && said.contains(&"# entrypoint: true");
    let what = format!("`{name}` is asked by the system and does not say so");
    (!marked).then(|| at(file, line, 1, &what, "write `# METADATA`, `# title: …` and `# entrypoint: true` above it"))
}

fn line_of(module: &Module, name: &str) -> Option<u32> {
    module.policy.iter().find_map(|rule| match rule.as_ref() {
        Written::Spec { head: RuleHead::Compr { refr, .. }, span, .. } if refr.span().text() == name => Some(span.line),
        _ => None,
    })
}

/// The remark that ends just above a line.
fn above<'a>(lines: &[&'a str], line: u32) -> Vec<&'a str> {
    let before = lines.get(..usize::try_from(line).unwrap_or_default().saturating_sub(1)).unwrap_or_default();
    before.iter().rev().take_while(|text| text.starts_with('#')).copied().collect()
}

fn says_title(remark: Vec<&str>) -> bool {
    let title = |line: &&str| line.strip_prefix("# title:").is_some_and(|title| !title.trim().is_empty());
    remark.contains(&"# METADATA") && remark.iter().any(title)
}

fn short(package: &str) -> &str {
    package.strip_prefix("data.").unwrap_or(package)
}

fn at(file: &File<'_>, line: u32, column: u32, what: &str, fix: &str) -> Problem {
    Problem { line, column, ..whole_file(file.source, what, fix) }
}
