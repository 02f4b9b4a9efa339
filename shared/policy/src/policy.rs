//! A loaded policy.

use crate::{
    Draft, Finding, Input, PolicyError, Rule,
    bundle::{Kept, Late, Programs, late},
    check::{self, Checked},
    fold::Place,
    judge,
    program::{self, Program},
    reasons,
    rules::desk,
    source,
    value::{self, Unfit},
};
use domain::{Currency, Decision, Tier, text::Lang};
use regorus::{Engine, Value as Rego};
use serde::{Deserialize as _, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};
use time::OffsetDateTime;

/// One revision of the rules, compiled.
#[derive(Debug, Clone)]
pub struct Policy {
    revision: String,
    programs: BTreeMap<Rule, Program>,
    /// The tables as rules see them.
    data: Late<Rego>,
    tables: Late<Value>,
    kept: Kept,
    desks: Desks,
}

/// What an input told, as rules see it.
pub(crate) fn facts(seen: &Value) -> Rego {
    Rego::deserialize(seen).unwrap_or(Rego::Undefined)
}

/// What follows from each type alone, once it was asked for.
type Desks = Arc<RwLock<BTreeMap<String, desk::Output>>>;

impl Policy {
    /// Reads, checks and compiles all rule files below `dir`.
    ///
    /// # Errors
    /// When the files cannot be read, or one of them is wrong: every problem found is listed.
    pub fn load(dir: &Path) -> Result<Self, PolicyError> {
        Self::compile(&source::read(dir)?)
    }

    pub(crate) fn compile(sources: &[source::Source]) -> Result<Self, PolicyError> {
        Self::checked(sources, check::all(sources)?)
    }

    /// The same of files that nobody looked at: for tests of what a wrong policy decides.
    #[cfg(test)]
    pub(crate) fn compile_unjudged(sources: &[source::Source]) -> Result<Self, PolicyError> {
        Self::checked(sources, check::unjudged(sources)?)
    }

    fn checked(sources: &[source::Source], checked: Checked<'_>) -> Result<Self, PolicyError> {
        let Checked { rules, tables, places } = checked;
        let folded = Rego::from(tables);
        let data = late(move || folded);
        let mut engine = Engine::new();
        for source in rules {
            engine
                .add_policy(source.name.clone(), source.text.clone())
                .map_err(|cause| program::broken(&source.name, &cause))?;
        }
        let programs = Rule::ALL
            .into_iter()
            .map(|rule| Ok((rule, Program::compile(&mut engine, &data, rule.path())?)))
            .collect::<Result<_, PolicyError>>()?;
        let revision = source::revision(sources);
        let sources = sources.to_vec();
        let kept = Kept { places: late(move || places), sources: late(move || Ok(sources)) };
        Ok(Self::of_parts(revision, (programs, data), kept))
    }

    /// A revision and what it holds.
    pub(crate) fn of_parts(revision: String, (programs, data): Programs, kept: Kept) -> Self {
        let folded = Arc::clone(&data);
        let tables = late(move || value::from_rego(&folded).unwrap_or_default());
        Self { revision, programs, data, tables, kept, desks: Desks::default() }
    }

    pub(crate) fn programs(&self) -> impl Iterator<Item = (Rule, &Program)> {
        self.programs.iter().map(|(rule, program)| (*rule, program))
    }

    /// The tables as rules see them.
    pub(crate) fn data(&self) -> &Rego {
        &self.data
    }

    pub(crate) fn places(&self) -> &BTreeMap<String, Place> {
        &self.kept.places
    }

    /// A policy that answers nothing: everything is HIGH.
    pub(crate) fn none() -> Self {
        let kept = Kept { places: late(BTreeMap::new), sources: late(|| Ok(Vec::new())) };
        Self::of_parts("none".to_owned(), (BTreeMap::new(), late(|| Rego::Null)), kept)
    }

    pub(crate) fn is_none(&self) -> bool {
        self.programs.is_empty()
    }

    /// SHA-256 over the rule files: names and texts, in order.
    #[must_use]
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// The files that it was made from.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft::of(self.sources())
    }

    /// Finds out whether the texts of a policy that was opened to judge are those of its revision; once.
    ///
    /// # Errors
    /// When they are not. The policy judges as it should, but has no texts.
    pub fn whole(&self) -> Result<(), PolicyError> {
        self.kept.sources.as_ref().as_ref().map(|_| ()).map_err(|why| PolicyError::Damaged(why.clone()))
    }

    /// The files that it was made from; none where they are not those of the revision.
    pub(crate) fn sources(&self) -> &[source::Source] {
        self.kept.sources.as_ref().as_deref().unwrap_or_default()
    }

    /// The line of everything that stands in `thresholds.rego`, by its path.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&str, u32)> {
        self.places().iter().map(|(path, place)| (path.as_str(), place.line))
    }

    /// The line on which `path` of `thresholds.rego` stands.
    pub(crate) fn line_of(&self, path: &str) -> Option<u32> {
        self.places().get(path).map(|place| place.line)
    }

    /// Judges a proposal. Whatever goes wrong makes it HIGH, with the code `policy_error`.
    #[must_use]
    pub fn judge(&self, input: &Input, at: OffsetDateTime) -> Decision {
        judge::judge(self, input, at)
    }

    /// The tier of what an input told, as [`Policy::judge_seen`] finds it, without anything else of a decision.
    #[must_use]
    pub fn tier_of(&self, seen: &Value) -> Tier {
        self.tier_of_facts(facts(seen))
    }

    /// The same of facts that were brought into the form of rules before.
    pub(crate) fn tier_of_facts(&self, facts: Rego) -> Tier {
        judge::tier(self, facts)
    }

    /// Asks a decision rule; see [`crate::rules`] for the inputs and outputs.
    ///
    /// # Errors
    /// When the rule gives no answer, or one that does not fit `O`: the caller abstains.
    pub fn rule<I, O>(&self, rule: Rule, input: &I) -> Result<O, PolicyError>
    where
        I: Serialize + ?Sized,
        O: DeserializeOwned,
    {
        let no_answer = |cause: Unfit| PolicyError::NoAnswer { rule: rule.path(), cause: cause.to_string() };
        self.answer(rule, value::to_rego(input).map_err(no_answer)?)
    }

    /// A table of `thresholds.rego`, such as `pricing`, in the caller's own shape.
    ///
    /// # Errors
    /// When there is no such table, or it has another shape.
    pub fn thresholds<T: DeserializeOwned>(&self, table: &str) -> Result<T, PolicyError> {
        let wrong = |cause: String| PolicyError::Thresholds { path: table.to_owned(), cause };
        let found = self
            .tables
            .pointer(&format!("/royal/thresholds/{}", table.replace('.', "/")))
            .ok_or_else(|| wrong("it is not in thresholds.rego".to_owned()))?;
        T::deserialize(found).map_err(|cause| wrong(cause.to_string()))
    }

    /// The facts that an action type cannot do without, such as `context.refunds_30d`.
    #[must_use]
    pub fn required(&self, kind: &str) -> Vec<String> {
        let paths = self.row(kind).and_then(|row| row.get("required")?.as_array());
        let dotted = |path: &Value| {
            let words = path.as_array()?.iter().filter_map(Value::as_str);
            Some(words.collect::<Vec<_>>().join("."))
        };
        paths.into_iter().flatten().filter_map(dotted).collect()
    }

    /// What stands at a JSON pointer into the tables.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        self.tables.pointer(pointer)
    }

    /// An action type's row of `actions.rego`.
    pub(crate) fn row(&self, kind: &str) -> Option<&Value> {
        self.at("/royal/actions/rows")?.get(kind)
    }

    /// What rules found, as sentences for people; amounts in euro.
    #[must_use]
    pub fn sentences(&self, findings: &[Finding], lang: Lang) -> String {
        self.sentences_in(Currency::EUR, findings, lang)
    }

    /// What rules found, as sentences for people; amounts in `currency`, limits in euro.
    #[must_use]
    pub fn sentences_in(&self, currency: Currency, findings: &[Finding], lang: Lang) -> String {
        let currency = currency.to_string();
        let sentence = |finding: &Finding| {
            let tier = finding.tier.unwrap_or(Tier::High);
            let reason = reasons::reason(self, finding, tier, &currency);
            lang.pick(reason.en, reason.nl)
        };
        let sentences: Vec<_> = findings.iter().map(sentence).collect();
        sentences.join(" ")
    }

    /// Whether a rule answers within so many steps.
    #[cfg(test)]
    pub(crate) fn answers_within(&self, rule: Rule, steps: usize, input: Rego) -> bool {
        self.programs.get(&rule).is_some_and(|program| program.run_within(steps, input).is_ok())
    }

    /// The action types that have a row in `actions.rego`.
    #[cfg(test)]
    pub(crate) fn kinds(&self) -> Vec<String> {
        let rows = self.tables.pointer("/royal/actions/rows").and_then(Value::as_object);
        rows.into_iter().flat_map(|rows| rows.keys().cloned()).collect()
    }

    /// One table of the policy.
    #[cfg(test)]
    pub(crate) fn table(&self, name: &str) -> &Value {
        self.tables.get("royal").and_then(|royal| royal.get(name)).unwrap_or(&Value::Null)
    }

    /// All numbers of `thresholds.rego`.
    #[cfg(test)]
    pub(crate) fn numbers(&self) -> Vec<i64> {
        self.places().keys().filter_map(|path| Some(self.limit(path)?.0)).collect()
    }

    /// The number at a dotted path of `thresholds.rego`, and its line.
    pub(crate) fn limit(&self, path: &str) -> Option<(i64, u32)> {
        let pointer = format!("/royal/thresholds/{}", path.replace('.', "/"));
        let number = self.tables.pointer(&pointer)?.as_i64()?;
        Some((number, self.places().get(path)?.line))
    }

    /// Who has to agree to actions of a type, and how long they can be undone. The rule sees the type and nothing else, so
    /// that its answer is the same every time and is asked for once.
    pub(crate) fn desk(&self, kind: &Rego) -> Result<desk::Output, PolicyError> {
        let name = kind.as_string().ok().map(AsRef::as_ref);
        let known = name.and_then(|name| self.desks.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned());
        if let Some(known) = known {
            return Ok(known);
        }
        let fields = |key: &str, value: Rego| Rego::from(BTreeMap::from([(Rego::from(key), value)]));
        let action = if *kind == Rego::Undefined { Rego::new_object() } else { fields("type", kind.clone()) };
        let answer: desk::Output = self.answer(Rule::Desk, fields("action", action))?;
        // Types of the table only, so that their number is bounded.
        if let Some(name) = name.filter(|name| self.row(name).is_some()) {
            let mut desks = self.desks.write().unwrap_or_else(PoisonError::into_inner);
            desks.insert(name.to_owned(), answer.clone());
        }
        Ok(answer)
    }

    /// The answer of a rule.
    pub(crate) fn answer<O: DeserializeOwned>(&self, rule: Rule, input: Rego) -> Result<O, PolicyError> {
        let no_answer = |cause: Unfit| PolicyError::NoAnswer { rule: rule.path(), cause: cause.to_string() };
        value::from_rego(&self.ask(rule, input)?).map_err(no_answer)
    }

    /// What a rule says, as it says it.
    pub(crate) fn ask(&self, rule: Rule, input: Rego) -> Result<Rego, PolicyError> {
        let none = || PolicyError::NoAnswer { rule: rule.path(), cause: "there is no policy in force".to_owned() };
        self.programs.get(&rule).ok_or_else(none)?.run(input)
    }
}
