//! The tests that stand beside the rules.

use super::support::{dir, sources};
use crate::{Draft, File, tested};

#[test]
fn every_test_beside_a_rule_passes() {
    let tested = tested::run(&Draft::read(&dir()).unwrap(), &tested::read(&dir()).unwrap()).unwrap();
    assert_eq!(tested.failed, []);
    assert!(tested.passed > 150, "only {} tests were found", tested.passed);
}

#[test]
fn a_test_that_does_not_hold_is_named_with_its_line() {
    let draft = Draft::read(&dir()).unwrap();
    let text = "package a_test\n\nimport data.royal.live\n\ntest_one if count(live.topics) > 0\n\n\
        test_two if count(live.topics) == 0\n\ntest_three := 3\n";
    let tests = [File { name: "a_test.rego".to_owned(), text: text.to_owned() }];
    let tested = tested::run(&draft, &tests).unwrap();
    let failed: Vec<_> = tested.failed.iter().map(|test| (test.test.as_str(), test.line, test.why.as_str())).collect();
    assert_eq!(tested.passed, 1);
    assert_eq!(failed, [("test_two", 7, "it does not hold"), ("test_three", 9, "it says 3 and not true")]);
}

#[test]
fn every_line_of_every_rule_is_read_by_a_test() {
    let tested = tested::run(&Draft::read(&dir()).unwrap(), &tested::read(&dir()).unwrap()).unwrap();
    let open: Vec<_> = tested.coverage.iter().filter(|file| !file.open.is_empty()).collect();
    assert!(open.is_empty(), "{open:?}");
    assert!(tested.coverage.len() >= 13, "only {} files were read", tested.coverage.len());
}

#[test]
fn every_file_of_rules_has_its_tests_beside_it() {
    let tables = ["royal/thresholds.rego", "royal/lists.rego", "royal/actions.rego", "royal/rights.rego"];
    for source in sources().iter().filter(|source| !tables.contains(&source.name.as_str())) {
        let beside = source.name.replace(".rego", "_test.rego");
        assert!(dir().join(&beside).is_file(), "{beside} is not there");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for source in sources() {
        assert!(source.text.starts_with("# METADATA\n# title: "), "{}", source.name);
        let path = source.name.trim_end_matches(".rego").replace('/', ".");
        assert!(source.text.contains(&format!("\npackage {path}\n")), "{} has another package", source.name);
        let long = source.text.lines().find(|line| line.chars().count() > 120);
        assert_eq!(long, None, "{}", source.name);
    }
}
