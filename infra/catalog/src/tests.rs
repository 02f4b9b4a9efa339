use super::*;

#[test]
fn the_catalogue_of_this_release_holds() {
    let catalog = catalog().unwrap();
    assert!(catalog.queued().count() >= 9);
    assert!(catalog.agents().iter().any(|(name, _)| name == "ceo"));
}

#[test]
fn only_the_relay_sends_and_only_executors_have_secrets() {
    let catalog = catalog().unwrap();
    let senders: Vec<_> = catalog.functions.iter().filter(|f| f.sends).map(Function::name).collect();
    assert_eq!(senders, ["relay"]);
    let keepers = |f: &&Function| !f.secrets.is_empty() && f.kind != Kind::Executor;
    let keepers: Vec<_> = catalog.functions.iter().filter(keepers).map(Function::name).collect();
    assert_eq!(keepers, ["notify"], "who only tells people has the keys of mail and chat");
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

#[test]
fn a_wake_comes_later_by_a_tenth_of_its_period_at_most() {
    let text = include_str!("../catalog.toml");
    let cloud = Cloud::new(text, &check::read(text).unwrap());
    let window = |name: &str| cloud.schedules.iter().find(|wake| wake.name == name).unwrap().window_minutes;
    let windows = ["clock.minutely", "product-manager.quarter-hourly", "ceo.hourly", "ceo.daily"].map(window);
    assert_eq!(windows, [0, 1, 6, 15]);
}

#[test]
fn an_expression_that_the_scheduler_would_refuse_is_refused_with_its_line() {
    let whole = include_str!("../catalog.toml");
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
    let with = |every: &str| whole.replace("cron(0 6 * * ? *)", every);
    for every in good {
        check::read(&with(every)).unwrap();
    }
    let line = whole.lines().position(|line| line.contains("cron(0 6 * * ? *)")).unwrap() + 1;
    for every in bad {
        let error = check::read(&with(every)).unwrap_err().to_string();
        assert!(error.contains(&format!("line {line}: `{every}`")), "{error}");
    }
}

#[test]
fn a_wrong_catalogue_is_refused_with_the_line() {
    let whole = include_str!("../catalog.toml");
    let line = |text: &str, part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
    let cases = [
        (
            whole.replace(
                "\"FACT#\", \"BUDGET#\", \"DIGEST#\"]\nwrites = [\"PROPOSAL#\"",
                "\"FATC#\"]\nwrites = [\"PROPOSAL#\"",
            ),
            "FATC#",
            "is no part of the table",
        ),
        (whole.replace("name = \"relay\"", "name = \"gate\""), "", "is there twice"),
        (whole.replace("clock.minutely", "clok.minutely"), "clok", "wakes a function that has no queue"),
        (
            whole.replace("[[schedule]]\nname = \"ceo.daily\"\nevery = \"cron(0 6 * * ? *)\"\n", ""),
            "schedules = [\"hourly\", \"daily\"]",
            "is a schedule that is missing: add the [[schedule]] `ceo.daily`",
        ),
        (whole.replace("schedules = [\"quarter-hourly\"]\n", ""), "product-manager.quarter-hourly", "does not list"),
        (
            whole.replace("name = \"watching\"\nqueue = \"live\"", "name = \"watching\"\nqueue = \"ceo\""),
            "name = \"live\"",
            "is never woken",
        ),
        (
            whole.replace("secrets = [\"shopify-token\"]", "secrets = [\"shopfy-token\"]"),
            "shopfy",
            "is no secret: list it",
        ),
        (
            whole.replace("secrets = [\"sendgrid-key\",", "secrets = [\"shopify-token\","),
            "[\"shopify-token\", \"slack",
            "is an executor's",
        ),
        (whole.replace("secrets = [\"sendgrid-key\", ", "secrets = ["), "name = \"sendgrid-key\"", "no function reads"),
        (whole.replace("pushes = true", "sends = true"), "name = \"live\"", "sends, and another function does"),
        (whole.replace("batch = 5", "batch = 50"), "name = \"notify\"", "at most 10 of a queue"),
        (whole.replace("batch = 5", "concurrency = 1"), "name = \"notify\"", "too little `concurrency`"),
        (whole.replace("batch = 5", "concurrency = 901"), "name = \"notify\"", "an account has 900"),
        (whole.replace("memory_mb = 512", "memory_mb = 64"), "name = \"api\"", "outside of 128 to 10240"),
        (whole.replace("writes = [\"CONN#\"", "writes = [\"DAY#\""), "writes = [\"DAY#\"", "is an index"),
        (whole.replace("\"journey\":\"<journey>\"", "\"journey\":\"<journey><x>\""), "stopped-journeys", "uses `x`"),
        (whole.replace("queue = \"ceo\"", "queue = \"seo\""), "seo", "is a queue that nobody reads"),
        (whole.replace("wakes = \"stream\"", "wakes = \"dream\""), "dream", "unknown variant"),
        (whole.replace("wakes = \"stream\"", "wakes = []"), "wakes = []", "nothing wakes it"),
        (whole.replace("wakes = \"http\"", "wakes = [\"http\", \"queue\"]"), "name = \"api\"", "make it two functions"),
        (whole.replace("wakes = \"http\"", "wakes = \"websocket\""), "name = \"live\"", "one WebSocket"),
        (whole.replace("wakes = \"stream\"", "wakes = \"queue\""), "{\"eventName\"", "does not read"),
        (whole.replace("{\"eventName\"", "\"eventName\""), "\"eventName\": [\"INSERT", "is no event pattern"),
        (whole.replace("\"journey\":\"<journey>\"", "\"journey\":1"), "stopped-journeys", "does not use it"),
        (
            whole.replace("writes = [\"TASK#\", \"JOURNEY#\"", "writes = [\"ACTION#\", \"JOURNEY#\""),
            "writes = [\"ACTION#\", \"JOURNEY#\"",
            "agents propose",
        ),
    ];
    for (text, part, reason) in cases {
        let error = check::read(&text).unwrap_err().to_string();
        assert!(error.contains(reason), "{reason} in: {error}");
        if !part.is_empty() {
            assert!(error.contains(&format!("line {}:", line(&text, part))), "line of {part} in: {error}");
        }
    }
}
