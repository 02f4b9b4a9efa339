//! Where findings come from: the rule that says each, and what it reads.

use super::{File, names, parse, refs, walk};
use crate::{fold::Place, source::Source};
use regorus::unstable::Expr;
use std::collections::{BTreeMap, BTreeSet};

const LIMITS: &str = "data.royal.thresholds.";

/// One definition of a rule that says a finding.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ground {
    /// The rule's path, such as `data.royal.risk.finance.paying`.
    pub(crate) rule: String,
    /// Its file.
    pub(crate) file: String,
    /// The line on which the definition begins.
    pub(crate) line: u32,
    /// What the finding says, where that is a constant.
    pub(crate) tier: Option<String>,
    /// The same.
    pub(crate) code: Option<String>,
    /// The same.
    pub(crate) limit: Option<String>,
    /// What it reads, itself and through other rules.
    pub(crate) reads: Reads,
}

/// What a rule reads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads {
    /// Fields of the input, such as `action.amount_cents`.
    pub(crate) fields: BTreeSet<String>,
    /// Numbers of `thresholds.rego`.
    pub(crate) limits: BTreeSet<String>,
    /// Tables, such as `lists.known_intents`.
    pub(crate) tables: BTreeSet<String>,
    /// Texts that stand in it.
    pub(crate) words: BTreeSet<String>,
    /// Other rules.
    rules: BTreeSet<String>,
}

impl Reads {
    /// Adds what another one reads.
    pub(crate) fn add(&mut self, other: &Self) {
        self.fields.extend(other.fields.iter().cloned());
        self.limits.extend(other.limits.iter().cloned());
        self.tables.extend(other.tables.iter().cloned());
        self.words.extend(other.words.iter().cloned());
    }
}

/// Every definition of every rule that says a finding.
pub(crate) fn all(sources: &[Source]) -> Vec<Ground> {
    let parsed = sources.iter().filter_map(|source| Some(File { source, module: parse(source).ok()? }));
    let files: Vec<File<'_>> = parsed.filter(|file| crate::fold::table(&file.module).is_none()).collect();
    let packages = refs::packages(&files);
    let (mut rules, mut grounds) = (BTreeMap::<String, Reads>::new(), Vec::new());
    for file in &files {
        let package = names::package(&file.module).join(".");
        let short = names::Short::of(&file.module);
        for rule in walk::rules(&file.module) {
            let path = format!("{package}.{}", rule.name);
            let reads = reads(&rule, &short, &package, &packages);
            let said = rule.exprs.iter().filter_map(|expr| finding(expr));
            grounds.extend(said.map(|(tier, code, limit)| Ground {
                rule: path.clone(),
                file: file.source.name.clone(),
                line: Place::from(rule.span).line,
                tier,
                code,
                limit,
                reads: reads.clone(),
            }));
            let known = rules.entry(path).or_default();
            known.add(&reads);
            known.rules.extend(reads.rules);
        }
    }
    through(&rules, grounds)
}

/// Adds what is read through rules that say no findings themselves, and lead to none: what those say is their own.
fn through(rules: &BTreeMap<String, Reads>, mut grounds: Vec<Ground>) -> Vec<Ground> {
    let mut saying: BTreeSet<String> = grounds.iter().map(|ground| ground.rule.clone()).collect();
    loop {
        let leads = |(rule, reads): (&String, &Reads)| {
            (!saying.contains(rule) && !reads.rules.is_disjoint(&saying)).then(|| rule.clone())
        };
        let more: Vec<String> = rules.iter().filter_map(leads).collect();
        if more.is_empty() {
            break;
        }
        saying.extend(more);
    }
    for ground in &mut grounds {
        let mut seen = BTreeSet::new();
        let mut open: Vec<String> = ground.reads.rules.iter().cloned().collect();
        while let Some(rule) = open.pop() {
            if saying.contains(&rule) || !seen.insert(rule.clone()) {
                continue;
            }
            let Some(reads) = rules.get(&rule) else { continue };
            ground.reads.add(reads);
            open.extend(reads.rules.iter().cloned());
        }
    }
    grounds
}

fn reads(
    rule: &walk::Found<'_>,
    short: &names::Short,
    package: &str,
    packages: &BTreeMap<String, BTreeSet<String>>,
) -> Reads {
    let mut reads = Reads::default();
    for expr in &rule.exprs {
        reads.words.extend(names::constant(expr));
        let called = match expr {
            Expr::Call { fcn, .. } => names::first(fcn),
            expr => names::first(expr),
        };
        let own = called.filter(|name| packages.get(package).is_some_and(|rules| rules.contains(name)));
        reads.rules.extend(own.map(|name| format!("{package}.{name}")));
        let Some(name) = short.name(expr) else { continue };
        let path = name.text();
        if let Some(field) = path.strip_prefix("input.") {
            reads.fields.insert(field.to_owned());
        } else if let Some(limit) = path.strip_prefix(LIMITS) {
            reads.limits.insert(limit.to_owned());
        } else if let Some(rest) = path.strip_prefix("data.royal.") {
            reads.tables.insert(rest.to_owned());
            reads.rules.insert(path);
        }
    }
    reads
}

/// Tier, code and limit of a finding, where they are constants.
type Said = (Option<String>, Option<String>, Option<String>);

fn finding(expr: &Expr) -> Option<Said> {
    let Expr::Object { fields, .. } = expr else { return None };
    let field = |name: &str| fields.iter().find(|(_, key, _)| names::constant(key).as_deref() == Some(name));
    let word = |name: &str| field(name).and_then(|(_, _, value)| names::constant(value));
    field("code").map(|_| (word("tier"), word("code"), word("limit")))
}
