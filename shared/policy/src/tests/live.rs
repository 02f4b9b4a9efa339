//! Files that change under a running function.

use super::support::{calm, sources};
use crate::Live;
use domain::Tier;
use std::{
    fs,
    path::{Path, PathBuf},
};
use time::{Duration, OffsetDateTime};

const THRESHOLDS: &str = "royal/thresholds.rego";

/// A policy folder of its own, and a place for the last good one.
struct Folder {
    _root: tempfile::TempDir,
    dir: PathBuf,
    kept: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let (dir, kept) = (root.path().join("policies"), root.path().join("kept"));
        for source in sources() {
            write(&dir, &source.name, &source.text);
        }
        Self { _root: root, dir, kept }
    }

    fn open(&self) -> Live {
        Live::open(&self.dir, Some(self.kept.clone()))
    }

    fn edit(&self, from: &str, to: &str) {
        let path = self.dir.join(THRESHOLDS);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds)
}

/// The tier of a bill of 100 euro.
fn bill(live: &Live, now: OffsetDateTime) -> Tier {
    let mut input = calm("expense.pay");
    input.action.amount_cents = Some(10_000);
    live.current(now).judge(&input, now).tier
}

const LOWER: (&str, &str) =
    ("expense_pay := {\n\t\"low_up_to_cents\": 10000", "expense_pay := {\n\t\"low_up_to_cents\": 999");

#[test]
fn a_good_edit_is_taken_after_a_second() {
    let folder = Folder::new();
    let live = folder.open();
    assert_eq!(bill(&live, at(1)), Tier::Low);
    folder.edit(LOWER.0, LOWER.1);
    assert_eq!(bill(&live, at(1)), Tier::Low, "the files are looked at once a second at most");
    assert_eq!(bill(&live, at(2)), Tier::Medium);
    assert_eq!(live.problem(), None);
}

#[test]
fn a_broken_edit_keeps_the_last_good_revision_and_says_so() {
    let folder = Folder::new();
    let live = folder.open();
    let revision = live.current(at(1)).revision().to_owned();
    folder.edit("\"low_under_cents\": 10000", "\"low_under_cents\": 10.0000");
    assert_eq!(bill(&live, at(3)), Tier::Low);
    assert_eq!(live.current(at(3)).revision(), revision);
    let problem = live.problem().unwrap();
    let text = fs::read_to_string(folder.dir.join(THRESHOLDS)).unwrap();
    let line = text.lines().position(|line| line.contains("10.0000")).unwrap() + 1;
    assert!(problem.starts_with(&format!("`{THRESHOLDS}` line {line} column ")), "{problem}");
    assert!(problem.contains("write digits only: 100000"), "{problem}");
    assert!(problem.contains(&format!("the last good revision {} decides", &revision[..12])), "{problem}");
    folder.edit("\"low_under_cents\": 10.0000", "\"low_under_cents\": 9000");
    let mended = live.current(at(5));
    assert_ne!(mended.revision(), revision);
    assert_eq!(live.problem(), None);
}

#[test]
fn a_restart_with_a_broken_file_starts_from_the_last_good_one() {
    let folder = Folder::new();
    folder.edit(LOWER.0, LOWER.1);
    let revision = folder.open().current(at(1)).revision().to_owned();
    folder.edit("\"low_up_to_cents\": 999", "\"low_up_to_cents\": ");
    let live = folder.open();
    assert_eq!(bill(&live, at(1)), Tier::Medium);
    assert_eq!(live.current(at(1)).revision(), revision);
    assert!(live.problem().unwrap().contains("the last good revision"), "{:?}", live.problem());
}

#[test]
fn without_any_good_revision_everything_waits_for_a_person() {
    let folder = Folder::new();
    folder.edit("\"low_under_cents\": 10000", "\"low_under_cents\": 1.0000");
    let live = folder.open();
    let decision = live.current(at(1)).judge(&calm("order.hold"), at(1));
    assert_eq!(decision.tier, Tier::High);
    assert_eq!(decision.reasons[0].code, "policy_error");
    assert!(live.problem().unwrap().contains("everything waits for a person"));
    folder.edit("\"low_under_cents\": 1.0000", "\"low_under_cents\": 10000");
    assert_eq!(bill(&live, at(3)), Tier::Low, "a mended file is taken without a restart");
}

#[test]
fn a_folder_that_goes_away_changes_nothing() {
    let folder = Folder::new();
    let live = folder.open();
    assert_eq!(bill(&live, at(1)), Tier::Low);
    fs::remove_dir_all(&folder.dir).unwrap();
    assert_eq!(bill(&live, at(3)), Tier::Low);
    assert!(live.problem().unwrap().contains("cannot read policy files"));
    assert_eq!(bill(&folder.open(), at(1)), Tier::Low, "the kept files are there");
}

#[test]
fn a_place_that_cannot_be_written_is_said_and_does_no_harm() {
    let folder = Folder::new();
    fs::write(&folder.kept, "a file where a folder should be").unwrap();
    let live = Live::open(&folder.dir, Some(folder.kept.join("below")));
    assert_eq!(bill(&live, at(1)), Tier::Low);
    assert!(live.problem().unwrap().contains("could not be kept"));
}

#[test]
fn a_folder_that_was_being_replaced_when_the_lights_went_out_is_still_found() {
    let folder = Folder::new();
    assert_eq!(bill(&folder.open(), at(1)), Tier::Low);
    fs::rename(&folder.kept, folder.kept.with_extension("new")).unwrap();
    folder.edit("\"low_under_cents\": 10000", "\"low_under_cents\": ");
    assert_eq!(bill(&folder.open(), at(1)), Tier::Low);
}

#[test]
fn several_functions_of_one_process_keep_the_same_folder() {
    let folder = Folder::new();
    std::thread::scope(|scope| {
        let open = || {
            for _ in 0..5 {
                assert_eq!(folder.open().problem(), None);
            }
        };
        for _ in 0..4 {
            scope.spawn(open);
        }
    });
    assert!(crate::Policy::load(&folder.kept).is_ok());
}

#[test]
fn a_bundle_judges_as_the_folder_that_it_was_made_of_until_it_is_replaced() {
    let folder = Folder::new();
    let bundle = folder.dir.with_extension("bundle");
    let pack = || fs::write(&bundle, crate::Policy::load(&folder.dir).unwrap().bundle().unwrap().bytes).unwrap();
    pack();
    let live = Live::open(&bundle, Some(folder.kept.clone()));
    assert_eq!((bill(&live, at(1)), live.problem()), (Tier::Low, None));
    assert_eq!(live.current(at(1)).revision(), folder.open().current(at(1)).revision());
    folder.edit(LOWER.0, LOWER.1);
    assert_eq!(bill(&live, at(3)), Tier::Low, "the folder is not what was delivered");
    pack();
    assert_eq!(bill(&live, at(5)), Tier::Medium);
}

#[test]
fn a_damaged_bundle_judges_nothing() {
    let folder = Folder::new();
    let bundle = folder.dir.with_extension("bundle");
    let mut bytes = crate::Policy::load(&folder.dir).unwrap().bundle().unwrap().bytes;
    let middle = bytes.len() / 4;
    bytes[middle] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    let live = Live::open(&bundle, None);
    assert_eq!(bill(&live, at(1)), Tier::High);
    assert!(live.problem().unwrap().contains("SHA-256"), "{:?}", live.problem());
}
