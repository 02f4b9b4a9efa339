//! A revision as it is kept and handed from one function to another: sources, folded tables, compiled programs.
//!
//! The rule engine takes a damaged program without a word, so nothing of a bundle is read before its SHA-256 is the one
//! that is expected. A program of another version of the engine, or one that lacks an entry point which this code asks
//! for, is compiled anew from the sources; they are what the revision is named after.
//!
//! Shape: one line of JSON that says what follows and how long it is, then the programs, then the texts.

use crate::{
    Policy, PolicyError, Rule,
    fold::Place,
    program::Program,
    source::{self, Source},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// What the shape is called.
const FORMAT: &str = "royal-policy-bundle/1";
/// The engine whose programs these are.
const ENGINE: &str = "regorus 0.14.1";

/// A revision as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The revision: SHA-256 over the files.
    pub revision: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// SHA-256 over `bytes`, in lower-case hexadecimal digits.
    pub sha256: String,
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    engine: String,
    revision: String,
    programs: Vec<Part>,
    sources: Vec<Part>,
    tables: Value,
    places: BTreeMap<String, Place>,
}

/// A part behind the first line.
#[derive(Serialize, Deserialize)]
struct Part {
    name: String,
    bytes: usize,
}

impl Policy {
    /// All that it takes to judge by this revision elsewhere. The same revision has the same bytes.
    ///
    /// # Errors
    /// When a program cannot be written.
    pub fn bundle(&self) -> Result<Bundle, PolicyError> {
        let programs = self.programs().map(|(rule, program)| Ok((rule.path(), program.to_bytes()?)));
        let programs: Vec<(&str, Vec<u8>)> = programs.collect::<Result<_, PolicyError>>()?;
        let part = |name: &str, bytes: usize| Part { name: name.to_owned(), bytes };
        let head = Head {
            format: FORMAT.to_owned(),
            engine: ENGINE.to_owned(),
            revision: self.revision().to_owned(),
            programs: programs.iter().map(|(name, bytes)| part(name, bytes.len())).collect(),
            sources: self.sources().iter().map(|source| part(&source.name, source.text.len())).collect(),
            tables: self.tables().clone(),
            places: self.places().clone(),
        };
        let mut bytes = serde_json::to_vec(&head).map_err(|cause| PolicyError::Damaged(cause.to_string()))?;
        bytes.push(b'\n');
        programs.iter().for_each(|(_, program)| bytes.extend_from_slice(program));
        self.sources().iter().for_each(|source| bytes.extend_from_slice(source.text.as_bytes()));
        Ok(Bundle { revision: head.revision, sha256: sha256(&bytes), bytes })
    }

    /// The policy in `bytes`, if they are those with this SHA-256.
    ///
    /// # Errors
    /// When they are others, or do not hold a policy that this code can ask.
    pub fn open(bytes: &[u8], expected: &str) -> Result<Self, PolicyError> {
        let found = sha256(bytes);
        if found != expected {
            return Err(PolicyError::Damaged(format!("its SHA-256 is {found} instead of {expected}")));
        }
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or_else(|| damaged("it has no first line"))?;
        let (first, rest) = bytes.split_at(end);
        let mut head: Head = serde_json::from_slice(first).map_err(|cause| PolicyError::Damaged(cause.to_string()))?;
        if head.format != FORMAT {
            return Err(PolicyError::Damaged(format!("`{}` is no format of ours", head.format)));
        }
        let mut rest = rest.get(1..).unwrap_or_default();
        let named = std::mem::take(&mut head.programs);
        let programs = parts(&named, &mut rest)?;
        let sources = texts(&head.sources, &mut rest)?;
        if source::revision(&sources) != head.revision {
            return Err(damaged("its files are not those of its revision"));
        }
        head.policy(&programs, sources)
    }
}

impl Head {
    fn policy(self, programs: &[(&str, &[u8])], sources: Vec<Source>) -> Result<Policy, PolicyError> {
        let of = |rule: Rule| programs.iter().find(|(name, _)| *name == rule.path()).map(|(_, bytes)| *bytes);
        let data = regorus::Value::from(self.tables.clone());
        let load = |rule: Rule| Some((rule, Program::from_bytes(of(rule)?, &data, rule.path())?));
        let loaded: Option<BTreeMap<_, _>> = Rule::ALL.into_iter().map(load).collect();
        match loaded.filter(|_| self.engine == ENGINE) {
            Some(programs) => Ok(Policy::of_parts((self.revision, sources), programs, (self.tables, self.places))),
            None => Policy::compile(&sources),
        }
    }
}

fn parts<'a, 'b>(named: &'b [Part], rest: &mut &'a [u8]) -> Result<Vec<(&'b str, &'a [u8])>, PolicyError> {
    let mut take = |part: &'b Part| {
        let (bytes, after) = rest.split_at_checked(part.bytes).ok_or_else(|| damaged("it ends too early"))?;
        *rest = after;
        Ok((part.name.as_str(), bytes))
    };
    named.iter().map(&mut take).collect()
}

fn texts(named: &[Part], rest: &mut &[u8]) -> Result<Vec<Source>, PolicyError> {
    let text = |(name, bytes): (&str, &[u8])| {
        let text = std::str::from_utf8(bytes).map_err(|cause| PolicyError::Damaged(cause.to_string()))?;
        Ok(Source { name: name.to_owned(), text: text.to_owned() })
    };
    parts(named, rest)?.into_iter().map(text).collect()
}

fn damaged(why: &str) -> PolicyError {
    PolicyError::Damaged(why.to_owned())
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
