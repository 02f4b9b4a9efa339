use super::*;

#[test]
fn the_catalogue_of_this_release_holds() {
    let catalog = catalog().unwrap();
    assert!(catalog.queued().count() >= 9);
    assert!(catalog.agents().iter().any(|(name, _)| name == "ceo"));
}

#[test]
fn only_the_relay_sends_and_only_live_writes_to_connections() {
    let catalog = catalog().unwrap();
    let names = |has: fn(&&Function) -> bool| catalog.functions.iter().filter(has).map(Function::name).collect();
    let (senders, pushers): (Vec<_>, Vec<_>) = (names(|f| f.sends), names(|f| f.pushes));
    assert_eq!((senders, pushers), (vec!["relay"], vec!["live"]));
}

#[test]
fn a_function_is_woken_by_one_thing_or_by_several() {
    let catalog = catalog().unwrap();
    let wakes = |name: &str| {
        let function = catalog.functions.iter().find(|f| f.name() == name).unwrap();
        function.wakes.all().collect::<Vec<_>>()
    };
    assert_eq!(wakes("relay"), [Trigger::Stream]);
    assert_eq!(wakes("live"), [Trigger::Queue, Trigger::Websocket]);
    assert!(catalog.queued().any(|f| f.name() == "live"));
}

#[test]
fn a_rule_without_events_is_about_all_of_ours() {
    let catalog = catalog().unwrap();
    let pattern = |name: &str| catalog.rules.iter().find(|rule| rule.name.get_ref() == name).unwrap().pattern();
    assert_eq!(pattern("watching"), serde_json::json!({ "source": ["royal"] }));
    assert_eq!(pattern("stopped-journeys")["detail-type"], serde_json::json!(["journey:stopped"]));
    assert_eq!(pattern("notices-of-deeds")["detail"], serde_json::json!({ "tier": ["MEDIUM"] }));
}

#[test]
fn every_function_has_the_folder_and_the_crate_of_its_name() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    for function in &catalog().unwrap().functions {
        let manifest = std::fs::read_to_string(format!("{root}/{}/Cargo.toml", function.folder)).unwrap();
        assert!(manifest.contains(&format!("name = \"{}\"", function.name())), "{}", function.name());
    }
}

#[test]
fn what_is_made_from_the_catalogue_is_of_this_one() {
    let text = include_str!("../catalog.toml");
    let cloud = Cloud::new(text, &check::read(text).unwrap());
    for made in tool::made(concat!(env!("CARGO_MANIFEST_DIR")).as_ref(), &cloud).unwrap() {
        tool::current(&made).unwrap();
    }
}

/// A catalogue with one of each kind.
const SMALL: &str = include_str!("small.toml");

#[test]
fn a_wake_comes_later_by_a_tenth_of_its_period_at_most() {
    for (every, window) in [
        ("rate(1 minute)", 0),
        ("rate(5 minutes)", 0),
        ("rate(15 minutes)", 1),
        ("rate(1 hour)", 6),
        ("rate(7 days)", 15),
        ("cron(0 6 ? * 2 *)", 15),
    ] {
        let text = SMALL.replace("cron(0 6 * * ? *)", every);
        let cloud = Cloud::new(&text, &check::read(&text).unwrap());
        let wake = cloud.schedules.iter().find(|wake| wake.name == "notify.daily").unwrap();
        assert_eq!((wake.window_minutes, wake.function.as_str()), (window, "notify"), "{every}");
    }
}

#[test]
fn a_specialist_is_woken_at_the_queue_of_its_function_by_its_own_name() {
    let cloud = Cloud::new(SMALL, &check::read(SMALL).unwrap());
    let wake = cloud.schedules.iter().find(|wake| wake.specialist).unwrap();
    assert_eq!((wake.name.as_str(), wake.function.as_str()), ("product-manager/eu-home.hourly", "product-manager"));
    assert_eq!(wake.message["schedule"], "product-manager/eu-home.hourly");
}

#[test]
fn an_expression_that_the_scheduler_would_refuse_is_refused_with_its_line() {
    let good = [
        "rate(2 days)",
        "cron(0/15 6-20 ? * MON-FRI *)",
        "cron(0 8 ? * 2 *)",
        "cron(0 0 L * ? *)",
        "cron(5,35 * 1W JAN ? 2027)",
        "cron(0 9 ? * FRI#2 *)",
    ];
    let bad = [
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(0 minutes)",
        "rate(5 weeks)",
        "rate(1.5 hours)",
        "every day",
        "cron(0 6 * * ?)",
        "cron(0 6 * * * *)",
        "cron(0 6 ? * ? *)",
        "cron(60 6 * * ? *)",
        "cron(0 26 * * ? *)",
        "cron(0 6 * 13 ? *)",
        "cron(0 6 ? * FRI#6 *)",
        "cron(0 6/0 * * ? *)",
        "cron(0 6 * * ? 99)",
    ];
    let with = |every: &str| SMALL.replace("cron(0 6 * * ? *)", every);
    for every in good {
        check::read(&with(every)).unwrap();
    }
    let line = SMALL.lines().position(|line| line.contains("cron(0 6 * * ? *)")).unwrap() + 1;
    for every in bad {
        let error = check::read(&with(every)).unwrap_err().to_string();
        assert!(error.contains(&format!("line {line}: `{every}`")), "{error}");
    }
}

/// A change of the small catalogue, the line in which it is looked for, and what is said of it.
type Wrong = (&'static str, &'static str, &'static str, &'static str);

const WRONG: &[Wrong] = &[
    // grants
    ("reads = [\"CONN#\"]", "reads = [\"CNON#\"]", "CNON#", "is no part of the table"),
    ("\"POLICY#\", \"DAY#\"]", "\"policy\", \"DAY#\"]", "\"policy\"", "is no prefix"),
    ("\"DAY#\"]\n\n", "\"DAY#\", \"MOON#\"]\n\n", "MOON#", "no function reads or writes"),
    ("writes = [\"CONN#\"]", "writes = [\"DAY#\"]", "writes = [\"DAY#\"", "is an index"),
    (
        "writes = [\"TASK#\"]",
        "writes = [\"TASK#\", \"ACTION#\"]",
        "writes = [\"TASK#\", \"ACTION#\"]",
        "agents propose",
    ),
    (
        "writes = [\"TASK#\"]",
        "writes = [\"TASK#\", \"POLICY#\"]",
        "writes = [\"TASK#\", \"POLICY#\"]",
        "agents propose",
    ),
    ("pushes = true", "sends = true", "name = \"live\"", "sends, and another function does"),
    // secrets
    ("[\"shopify-token\"]", "[\"shopfy-token\"]", "shopfy-token", "is no secret: list it"),
    ("[\"sendgrid-key\",", "[\"shopify-token\",", "[\"shopify-token\", \"slack", "is an executor's, who alone"),
    ("[\"sendgrid-key\", ", "[", "name = \"sendgrid-key\"", "is a secret that no function reads"),
    // names
    ("name = \"relay\"", "name = \"gate\"", "about = \"sends\"", "is there twice"),
    ("name = \"relay\"", "name = \"Relay\"", "name = \"Relay\"", "is no name"),
    // what wakes functions
    ("wakes = \"stream\"", "wakes = \"dream\"", "dream", "unknown variant"),
    ("wakes = \"stream\"", "wakes = []", "wakes = []", "nothing wakes it"),
    ("wakes = \"http\"", "wakes = [\"http\", \"queue\"]", "name = \"api\"", "make it two functions"),
    ("wakes = \"http\"", "wakes = \"websocket\"", "name = \"live\"", "there is one stream and one WebSocket"),
    ("wakes = \"stream\"", "wakes = \"queue\"", "{\"eventName\"", "filters a stream that the function does not read"),
    ("{\"eventName\"", "\"eventName\"", "\"eventName\"", "is no event pattern"),
    // schedules
    ("gate.minutely", "gaet.minutely", "gaet", "wakes a function that has no queue"),
    (
        "name = \"gate.minutely\"",
        "name = \"gate.daily\"",
        "[\"minutely\"]",
        "is missing: add the [[schedule]] `gate.minutely`",
    ),
    ("schedules = [\"minutely\"]\n", "", "gate.minutely", "does not list: add \"minutely\" to its `schedules`"),
    ("kind = \"hourly\"", "kind = \"weekly\"", "weekly", "does not list"),
    ("product-manager/eu-home", "product-manger/eu-home", "product-manger", "is no specialist of a function here"),
    // rules
    ("queue = \"notify\"", "queue = \"notfy\"", "notfy", "is a queue that nobody reads"),
    ("\"<journey>\"", "1", "name = \"stopped\"", "takes `journey` out of the event and does not use it"),
    ("\"<journey>\"", "\"<journey><x>\"", "name = \"stopped\"", "uses `x` and does not take it out"),
    ("\"<journey>\"}", "\"<journey>\"", "name = \"stopped\"", "has a message that is no JSON"),
    // functions that nothing would ever wake
    ("queue = \"live\"", "queue = \"gate\"", "name = \"live\"", "is never woken"),
    ("name = \"product-manager\"", "name = \"product-head\"", "name = \"product-pricing\"", "is never woken"),
    // limits
    ("batch = 5", "batch = 50", "name = \"notify\"", "at most 10 of a queue"),
    ("batch = 5", "concurrency = 1", "name = \"notify\"", "too little `concurrency`"),
    ("batch = 5", "concurrency = 901", "name = \"notify\"", "an account has 900"),
    ("memory_mb = 512", "memory_mb = 64", "name = \"api\"", "outside of 128 to 10240"),
    ("timeout_seconds = 15", "timeout_seconds = 901", "name = \"api\"", "outside of 1 to 900"),
    ("batch = 5", "batches = 5", "batches", "unknown field"),
];

#[test]
fn a_wrong_catalogue_is_refused_with_the_line() {
    check::read(SMALL).unwrap();
    for (good, bad, part, reason) in WRONG {
        let text = SMALL.replacen(good, bad, 1);
        assert_ne!(text, SMALL, "{good}");
        // A name that is there twice is told of where its function says what it does: one line above.
        let before = usize::from(part.starts_with("about"));
        let line = text.lines().position(|line| line.contains(part)).unwrap() + 1 - before;
        let error = check::read(&text).unwrap_err().to_string();
        let told = error.lines().any(|said| said.contains(&format!("line {line}: ")) && said.contains(reason));
        assert!(told, "{reason} in line {line}: {error}");
    }
}
