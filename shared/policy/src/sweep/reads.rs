//! What the rules of an action type read: fields of the input, and limits.
//!
//! From the syntax tree, and never too little: a branch is left out only where it asks for another type.

use crate::{Policy, source::Source};
use regorus::{
    Engine,
    unstable::{Expr, Literal, Module, Query, Rule, RuleHead, Span},
};
use std::collections::{BTreeMap, BTreeSet};

/// Paths that are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// Of the input, such as `action.amount_cents`.
    pub(crate) inputs: BTreeSet<String>,
    /// Of `thresholds.rego`, such as `expense_pay.low_up_to_cents`, or a table of it.
    pub(crate) limits: BTreeSet<String>,
    /// Numbers that stand in the rules themselves.
    pub(crate) numbers: BTreeSet<i64>,
}

/// What a percentage is worked out with, and what a count begins with: no limits.
const NO_LIMITS: [i64; 3] = [0, 1, 100];

impl Reads {
    /// Whether a number of `thresholds.rego` is among what is read.
    pub(crate) fn limit(&self, path: &str) -> bool {
        self.limits
            .iter()
            .any(|read| path.strip_prefix(read).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }
}

/// The names in one branch of a rule, and what it asks of `type` and `rules`.
#[derive(Debug)]
struct Branch {
    names: Vec<String>,
    asks: Vec<(String, BTreeSet<String>)>,
}

/// All rules of a policy: package, rule, branches.
#[derive(Debug)]
pub(crate) struct Index(BTreeMap<String, BTreeMap<String, Vec<Branch>>>);

const THRESHOLDS: &str = "data.royal.thresholds.";

impl Index {
    pub(crate) fn of(policy: &Policy) -> Self {
        let mut index = Self(BTreeMap::new());
        for Source { name, text } in policy.sources() {
            let mut engine = Engine::new();
            if engine.add_policy(name.clone(), text.clone()).is_ok() {
                engine.get_modules().iter().for_each(|module| index.module(module));
            }
        }
        index
    }

    fn module(&mut self, module: &Module) {
        let short: BTreeMap<&str, &str> = module.imports.iter().map(|import| short(import.refr.span())).collect();
        let package = self.0.entry(format!("data.{}", module.package.refr.span().text())).or_default();
        let text = module.package.span.source.contents();
        let starts: Vec<usize> = module.policy.iter().map(|rule| place(rule.span().start)).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        for ((rule, start), end) in module.policy.iter().zip(&starts).zip(ends) {
            let (name, branches) = branches((rule, text, *start, end), &short);
            package.entry(name).or_default().extend(branches);
        }
    }

    /// Which packages read a number of `thresholds.rego`.
    pub(crate) fn readers(&self, path: &str) -> Vec<&str> {
        let reads = |rules: &BTreeMap<String, Vec<Branch>>| {
            let names = rules.values().flatten().flat_map(|branch| &branch.names);
            let limits = names.filter_map(|name| name.strip_prefix(THRESHOLDS)).map(str::to_owned).collect();
            Reads { limits, ..Reads::default() }.limit(path)
        };
        self.0.iter().filter(|(_, rules)| reads(rules)).map(|(package, _)| package.as_str()).collect()
    }

    /// What the rules at `paths` read, for one action type, whose row names the file `rules`.
    pub(crate) fn reads(&self, paths: &[&str], kind: &str, rules: &str) -> Reads {
        let mut walk = Walk {
            index: self,
            known: [("type", kind), ("input.action.type", kind), ("rules", rules)],
            seen: BTreeSet::new(),
            reads: Reads::default(),
        };
        paths.iter().for_each(|path| walk.name(path));
        walk.reads
    }

    /// The package that a path leads into, and the rule in it.
    fn place(&self, path: &str) -> Option<(&str, Option<String>)> {
        let inside = |package: &&String| {
            path.strip_prefix(package.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let package = self.0.keys().filter(inside).max_by_key(|package| package.len())?;
        let rest = path.strip_prefix(package.as_str())?.trim_start_matches('.');
        let rule = rest.split('.').next().filter(|rule| !rule.is_empty());
        Some((package, rule.map(str::to_owned)))
    }
}

struct Walk<'a> {
    index: &'a Index,
    known: [(&'a str, &'a str); 3],
    seen: BTreeSet<(String, String)>,
    reads: Reads,
}

impl Walk<'_> {
    fn name(&mut self, name: &str) {
        if let Ok(number) = name.parse() {
            self.reads.numbers.extend([number].into_iter().filter(|number| !NO_LIMITS.contains(number)));
        } else if let Some(input) = name.strip_prefix("input.") {
            self.reads.inputs.insert(input.to_owned());
        } else if let Some(limit) = name.strip_prefix(THRESHOLDS) {
            self.reads.limits.insert(limit.to_owned());
        } else if let Some((package, rule)) = self.index.place(name) {
            self.rule(package, rule.as_deref());
        }
    }

    /// One rule of a package, or all of them.
    fn rule(&mut self, package: &str, rule: Option<&str>) {
        let index = self.index;
        let Some(rules) = index.0.get(package) else { return };
        for (name, branches) in rules.iter().filter(|(name, _)| rule.is_none_or(|rule| rule == name.as_str())) {
            if !self.seen.insert((package.to_owned(), name.clone())) {
                continue;
            }
            let names = branches.iter().filter(|branch| self.concerns(branch)).flat_map(|branch| &branch.names);
            for name in names.collect::<Vec<_>>() {
                let own = name.split('.').next().filter(|first| rules.contains_key(*first));
                match own {
                    Some(own) => self.rule(package, Some(own)),
                    None => self.name(name),
                }
            }
        }
    }

    fn concerns(&self, branch: &Branch) -> bool {
        let fits = |(name, words): &(String, BTreeSet<String>)| {
            self.known.iter().all(|(known, value)| known != name || words.contains(*value))
        };
        branch.asks.iter().all(fits)
    }
}

/// The short name of an import.
fn short(span: &Span) -> (&str, &str) {
    let path = span.text();
    (path.rsplit('.').next().unwrap_or(path), path)
}

/// The branches of a rule, each with the text from the end of the one before: what a branch is worth stands there.
fn branches(
    (rule, text, start, end): (&Rule, &str, usize, usize),
    short: &BTreeMap<&str, &str>,
) -> (String, Vec<Branch>) {
    let (refr, queries): (_, Vec<&Query>) = match rule {
        Rule::Default { refr, .. } => (refr, Vec::new()),
        Rule::Spec { head, bodies, .. } => {
            let (RuleHead::Compr { refr, .. } | RuleHead::Func { refr, .. } | RuleHead::Set { refr, .. }) = head;
            (refr, bodies.iter().map(|body| body.query.as_ref()).collect())
        }
    };
    let mut from = start;
    let mut found = Vec::new();
    for (at, query) in queries.iter().enumerate() {
        // The last one has all that is left: an expression's own place may be only a part of it.
        let to = if at + 1 == queries.len() { end } else { place(query.span.end) };
        found.push(Branch { names: names(text.get(from..to).unwrap_or_default(), short), asks: asks(query) });
        from = to;
    }
    if queries.is_empty() {
        found.push(Branch { names: names(text.get(start..end).unwrap_or_default(), short), asks: Vec::new() });
    }
    (root(refr), found)
}

fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or_default()
}

/// Statements such as `type == "order.fulfill"` and `type in {…}`.
fn asks(query: &Query) -> Vec<(String, BTreeSet<String>)> {
    let ask = |literal: &Literal| {
        let Literal::Expr { expr, .. } = literal else { return None };
        let (asked, words): (_, Vec<&Expr>) = match expr.as_ref() {
            Expr::BoolExpr { op: regorus::unstable::BoolOp::Eq, lhs, rhs, .. } => (lhs, vec![rhs.as_ref()]),
            Expr::Membership { key: None, value, collection, .. } => match collection.as_ref() {
                Expr::Set { items, .. } | Expr::Array { items, .. } => {
                    (value, items.iter().map(|item| item.as_ref()).collect())
                }
                _ => return None,
            },
            _ => return None,
        };
        let word = |expr: &Expr| match expr {
            Expr::String { value, .. } => Some(value.as_string().ok()?.to_string()),
            _ => None,
        };
        Some((asked.span().text().to_owned(), words.into_iter().map(word).collect::<Option<_>>()?))
    };
    query.stmts.iter().filter_map(|stmt| ask(&stmt.literal)).collect()
}

fn root(refr: &Expr) -> String {
    let text = refr.span().text();
    text.split(['.', '[', '(']).next().unwrap_or(text).to_owned()
}

/// All names and numbers in a piece of a rule, short names written out; words in quotes and remarks are none.
fn names(text: &str, short: &BTreeMap<&str, &str>) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let code = line.split('"').step_by(2).map(|code| code.split('#').next().unwrap_or_default());
        let words = code.flat_map(|code| code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.'));
        found.extend(
            words
                .map(|word| word.trim_matches('.'))
                .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()))
                .map(|word| {
                    let (first, rest) = word.split_once('.').unwrap_or((word, ""));
                    match short.get(first) {
                        Some(path) => format!("{path}.{rest}").trim_end_matches('.').to_owned(),
                        None => word.to_owned(),
                    }
                }),
        );
    }
    found
}
