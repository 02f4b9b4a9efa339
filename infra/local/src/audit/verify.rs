//! Whether files of the record hold, each by itself and beside the others.

use domain::audit::{Check, Hash, Verdict};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};
use time::Date;

/// Something was changed.
const BROKEN: u8 = 1;
/// A file could not be read.
const UNREADABLE: u8 = 2;

/// What is said of every file, and the code that the program ends with.
pub(super) fn verify(files: &[PathBuf]) -> (Vec<String>, u8) {
    let (mut told, mut worst) = (Vec::new(), 0);
    let mut sealed: BTreeMap<Date, (Hash, String)> = BTreeMap::new();
    for file in files {
        let name = file.display().to_string();
        match checked(file) {
            Err(error) => {
                told.push(format!("{name}: cannot be read: {error}"));
                worst = worst.max(UNREADABLE);
            }
            Ok(verdict) => {
                let mut faults: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
                faults.extend(disagrees(&name, &verdict, &mut sealed));
                worst = worst.max(if faults.is_empty() { 0 } else { BROKEN });
                told.extend(faults.iter().map(|fault| format!("{name}: {fault}")));
                told.push(format!("{name}: {}", summary(&verdict, faults.len())));
            }
        }
    }
    (told, worst)
}

fn checked(file: &Path) -> io::Result<Verdict> {
    if file == Path::new("-") {
        return read(io::stdin().lock());
    }
    read(BufReader::new(File::open(file)?))
}

fn read(input: impl BufRead) -> io::Result<Verdict> {
    let mut check = Check::default();
    for line in input.split(b'\n') {
        check.line(&String::from_utf8_lossy(&line?));
    }
    Ok(check.finish())
}

/// Seals of days that another file has another seal for.
fn disagrees(name: &str, verdict: &Verdict, sealed: &mut BTreeMap<Date, (Hash, String)>) -> Vec<String> {
    let mut other = Vec::new();
    for seal in &verdict.seals {
        let Ok(hash) = seal.hash() else { continue };
        match sealed.get(&seal.date) {
            Some((known, file)) if *known != hash => {
                other.push(format!("{} is sealed otherwise in {file}", seal.date));
            }
            Some(_) => {}
            None => drop(sealed.insert(seal.date, (hash, name.to_owned()))),
        }
    }
    other
}

fn summary(verdict: &Verdict, faults: usize) -> String {
    let said = if faults == 0 { "ok".to_owned() } else { format!("BROKEN, {faults} found") };
    let Verdict { records, chains, unsealed, seals, .. } = verdict;
    let days = match (seals.first(), seals.last()) {
        (Some(first), Some(last)) => format!("{} sealed ({} to {})", seals.len(), first.date, last.date),
        _ => "none sealed".to_owned(),
    };
    format!("{said}: {records} records of {chains} things; days: {days}; {unsealed} records not sealed yet")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::audit::{Line, Seal, Tree};
    use time::macros::{date, datetime};

    /// An export of one empty day, whose seal says that `count` records were on it.
    fn file(count: u64, at: time::OffsetDateTime) -> tempfile::NamedTempFile {
        let date = date!(2026 - 11 - 20);
        let seal = Seal { date, count, root: Tree::default().root(), previous: None, at };
        let lines = [
            Line::header((date, date), at),
            Line::Seal { hash: seal.hash().unwrap(), seal: serde_json::to_value(&seal).unwrap() },
            Line::End { records: 0, seals: 1 },
        ];
        let lines: Vec<String> = lines.iter().map(|line| serde_json::to_string(line).unwrap()).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lines.join("\n")).unwrap();
        file
    }

    #[test]
    fn a_file_is_ok_or_says_at_which_line_it_is_not_and_the_code_tells() {
        let now = datetime!(2026-11-21 00:31 UTC);
        let (whole, broken) = (file(0, now), file(1, now));
        let (told, code) = verify(&[whole.path().to_owned()]);
        assert_eq!((told.len(), code), (1, 0));
        assert!(told[0].contains("ok: 0 records"), "{told:?}");
        let (told, code) = verify(&[whole.path().to_owned(), broken.path().to_owned()]);
        assert_eq!(code, 1);
        assert!(told[1].contains("line 2: 2026-11-20 was sealed with 1 records, and 0 are here"), "{told:?}");
        assert!(told[2].contains("2026-11-20 is sealed otherwise in"), "{told:?}");
        assert_eq!(verify(&["nowhere.jsonl".into()]).1, 2);
    }
}
