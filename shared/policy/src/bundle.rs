//! A revision as it is kept and handed from one function to another: compiled programs, folded tables, texts.
//!
//! The rule engine takes a damaged program without a word, so nothing of a bundle is used before it is known to be what
//! was agreed to. The bundle's SHA-256 is that of its first line; the first line holds the SHA-256 of all that judges,
//! and the revision, which is the one of the texts. So one hash pins everything, and who only judges need not read the
//! texts: they are checked when they are first looked at, or by [`Policy::whole`].
//!
//! A program of another version of the engine, or one that lacks an entry point which this code asks for, is compiled
//! anew from the texts; they are what the revision is named after.
//!
//! Shape: one line of JSON that says what follows and how long it is, then the programs, the tables, where they stand,
//! and the texts.

mod late;

use crate::{
    Policy, PolicyError, Rule,
    fold::Place,
    program::{self, Program},
    source::{self, Source},
};
pub(crate) use late::{Late, late};
use regorus::Value as Rego;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, fs, path::Path};

/// What the shape is called.
const FORMAT: &str = "royal-policy-bundle/2";
/// The engine whose programs these are.
const ENGINE: &str = "regorus 0.14.1";

/// A revision as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The revision: SHA-256 over the files.
    pub revision: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// SHA-256 over the first line of `bytes`, which pins the rest, in lower-case hexadecimal digits.
    pub sha256: String,
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    engine: String,
    /// Pins the texts.
    revision: String,
    /// Pins the programs, the tables and where they stand.
    sha256: String,
    programs: Vec<Part>,
    tables: usize,
    places: usize,
}

/// A program behind the first line.
#[derive(Serialize, Deserialize)]
struct Part {
    name: String,
    bytes: usize,
}

/// All entry points, and the tables that they read.
pub(crate) type Programs = (BTreeMap<Rule, Program>, Late<Rego>);

/// What is read of a policy only where somebody asks.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Where each threshold stands.
    pub(crate) places: Late<BTreeMap<String, Place>>,
    /// The files, or why they are not to be trusted.
    pub(crate) sources: Late<Result<Vec<Source>, String>>,
}

impl Policy {
    /// All that it takes to judge by this revision elsewhere. The same revision has the same bytes.
    ///
    /// # Errors
    /// When a program cannot be written, or the texts of this policy are damaged themselves.
    pub fn bundle(&self) -> Result<Bundle, PolicyError> {
        self.whole()?;
        let (mut judges, mut programs) = (Vec::new(), Vec::new());
        for (rule, program) in self.programs() {
            let code = program.to_bytes()?;
            programs.push(Part { name: rule.path().to_owned(), bytes: code.len() });
            judges.extend(code);
        }
        let tables = program::literal_to_bytes(self.data())?;
        let places = json(self.places())?;
        let lengths = (tables.len(), places.len());
        judges.extend(tables);
        judges.extend(places);
        let head = Head {
            format: FORMAT.to_owned(),
            engine: ENGINE.to_owned(),
            revision: self.revision().to_owned(),
            sha256: sha256(&judges),
            programs,
            tables: lengths.0,
            places: lengths.1,
        };
        let first = json(&head)?;
        let sha256 = sha256(&first);
        let bytes = [first, b"\n".to_vec(), judges, json(self.sources())?].concat();
        Ok(Bundle { revision: head.revision, sha256, bytes })
    }

    /// The policy in `bytes`, if they are those that this SHA-256 pins.
    ///
    /// # Errors
    /// When they are others, or do not hold a policy that this code can ask.
    pub fn open(bytes: &[u8], expected: &str) -> Result<Self, PolicyError> {
        let policy = Self::open_to_judge(bytes, expected)?;
        policy.whole()?;
        Ok(policy)
    }

    /// The same, for whoever has to judge at once: all that judges is checked, the texts when they are first looked at.
    /// Until they are found whole by [`Policy::whole`], they may turn out to be none.
    ///
    /// # Errors
    /// When what judges is not what the SHA-256 pins, or cannot be asked by this code.
    pub fn open_to_judge(bytes: &[u8], expected: &str) -> Result<Self, PolicyError> {
        let (first, rest) = parts(bytes)?;
        is(first, expected)?;
        Head::read(first)?.policy(rest)
    }

    /// The policy that a function was delivered with: a folder of rule files, which are checked and compiled, or a bundle
    /// of them, which is only opened. Who could change a bundle there could change the function: it has to be whole.
    ///
    /// # Errors
    /// When it cannot be read, or one of the files is wrong.
    pub fn delivered(path: &Path) -> Result<Self, PolicyError> {
        if !path.is_file() {
            return Self::load(path);
        }
        let bytes = fs::read(path).map_err(|cause| PolicyError::Unreadable { path: path.to_owned(), cause })?;
        let (first, rest) = parts(&bytes)?;
        Head::read(first)?.policy(rest)
    }
}

/// The first line, and what follows it.
fn parts(bytes: &[u8]) -> Result<(&[u8], &[u8]), PolicyError> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or_else(|| damaged("it has no first line"))?;
    let (first, rest) = bytes.split_at(end);
    Ok((first, rest.get(1..).unwrap_or_default()))
}

impl Head {
    fn read(first: &[u8]) -> Result<Self, PolicyError> {
        let head: Self = read(first)?;
        if head.format == FORMAT {
            return Ok(head);
        }
        Err(PolicyError::Damaged(format!("`{}` is no format of ours", head.format)))
    }

    fn policy(self, mut rest: &[u8]) -> Result<Policy, PolicyError> {
        let lengths = self.programs.iter().map(|part| part.bytes).chain([self.tables, self.places]);
        let mut judges = take(&mut rest, lengths.fold(0, usize::saturating_add))?;
        is(judges, &self.sha256)?;
        let Some(programs) = self.programs(&mut judges)?.filter(|_| self.engine == ENGINE) else {
            return Policy::compile(&texts(rest, &self.revision)?);
        };
        let places: Box<[u8]> = take(&mut judges, self.places)?.into();
        let (texts_of, revision) = (Box::<[u8]>::from(rest), self.revision.clone());
        Ok(Policy::of_parts(
            self.revision,
            programs,
            Kept {
                places: late(move || read(&places).unwrap_or_default()),
                sources: late(move || texts(&texts_of, &revision).map_err(|cause| cause.to_string())),
            },
        ))
    }

    /// The programs with their tables; nothing where one of them is missing.
    fn programs(&self, judges: &mut &[u8]) -> Result<Option<Programs>, PolicyError> {
        let mut named = BTreeMap::new();
        for part in &self.programs {
            named.insert(part.name.as_str(), take(judges, part.bytes)?);
        }
        let tables = Box::<[u8]>::from(take(judges, self.tables)?);
        let data = late(move || program::literal_from_bytes(&tables));
        let load = |rule: Rule| {
            let code = *named.get(rule.path())?;
            Some((rule, Program::from_bytes(code.into(), &data, rule.path())))
        };
        let programs: Option<BTreeMap<_, _>> = Rule::ALL.into_iter().map(load).collect();
        Ok(programs.map(|programs| (programs, data)))
    }
}

/// The first bytes of what is left.
fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], PolicyError> {
    let (bytes, after) = rest.split_at_checked(length).ok_or_else(|| damaged("it ends too early"))?;
    *rest = after;
    Ok(bytes)
}

/// The files in `bytes`, if they are those of the revision.
fn texts(bytes: &[u8], revision: &str) -> Result<Vec<Source>, PolicyError> {
    let sources: Vec<Source> = read(bytes)?;
    if source::revision(&sources) == revision {
        return Ok(sources);
    }
    Err(damaged("its files are not those of its revision"))
}

fn is(bytes: &[u8], expected: &str) -> Result<(), PolicyError> {
    let found = sha256(bytes);
    if found == expected {
        return Ok(());
    }
    Err(PolicyError::Damaged(format!("its SHA-256 is {found} instead of {expected}")))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, PolicyError> {
    serde_json::from_slice(bytes).map_err(|cause| PolicyError::Damaged(cause.to_string()))
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, PolicyError> {
    serde_json::to_vec(value).map_err(|cause| PolicyError::Damaged(cause.to_string()))
}

fn damaged(why: &str) -> PolicyError {
    PolicyError::Damaged(why.to_owned())
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
