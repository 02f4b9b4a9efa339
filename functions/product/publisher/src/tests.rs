use super::*;
use agent::testing::{self, Bench, NOW};
use domain::{
    Action, JourneyId, Money, TaskId,
    premise::Holds,
    task::{Task, TaskStatus, Wake},
};
use serde_json::{Value, json};
use store::fact::Fact;

/// A lamp that everybody let pass.
fn work() -> Value {
    let lamp = testing::candidate();
    let price = json!({ "amount": "20.00", "currency": "EUR" });
    json!({
        "candidate": lamp,
        "scored": testing::scored(),
        "vetted": { "passed": true, "score": 92, "band": "excellent", "terms": {}, "missing": [], "reason": "excellent" },
        "priced": {
            "passed": true, "prices": { "lamp-S": price, "lamp-L": price },
            "marginPercent": 50, "missing": ["competitor"], "reason": "at the suggested price",
        },
        "reviewed": { "approved": true, "codes": ["ceo_margin_fits"], "reason": "the margin fits" },
    })
}

/// A publisher's desk: its task is part of a journey, and the feed still says what it said.
fn bench() -> Bench {
    let lamp = testing::candidate();
    let mut bench = Bench::of::<Publisher>();
    bench.known.facts = vec![Fact { source: lamp.source(), fields: lamp.facts(), at: NOW }];
    bench.task = Some(Task {
        id: TaskId::of("publish"),
        agent: bench.agent.clone(),
        kind: "publish".to_owned(),
        input: Value::Null,
        reply_to: None,
        journey: Some(JourneyId::of("lamp")),
        status: TaskStatus::Ready,
        report: Value::Null,
        error: None,
        by: "product-manager".to_owned(),
        created: NOW,
        updated: NOW,
    });
    bench
}

async fn publish(work: Value) -> Turn {
    bench().ask(&Publisher, "publish", work).await.unwrap()
}

/// The one draft of a turn, and its listing.
fn draft(turn: &Turn) -> (&Draft, &domain::action::Listing) {
    let [draft] = &turn.proposals[..] else { panic!("{:?}", turn.report) };
    let Action::ProductPublish(publish) = &draft.action else { panic!("{:?}", draft.action) };
    (draft, &publish.listing)
}

#[tokio::test]
async fn a_product_that_passed_is_proposed_with_its_page() {
    let turn = publish(work()).await;
    let (draft, listing) = draft(&turn);
    assert_eq!(draft.journey, Some(JourneyId::of("lamp")));
    assert_eq!(draft.confidence.map(u8::from), Some(90));
    assert_eq!(listing.title, "Desk lamp");
    assert!(listing.handle.starts_with("desk-lamp-") && listing.handle.len() == 16, "{}", listing.handle);
    assert_eq!(
        listing.description_html,
        "<p>A lamp for every desk.</p><ul><li>Warm light</li><li>Steel foot</li></ul>"
    );
    assert_eq!(listing.seo_description, "A lamp for every desk. Warm light Steel foot");
    assert_eq!((listing.vendor.as_str(), listing.category.as_str()), ("Acme", "Home & Garden > Lighting"));
    assert_eq!(listing.images[0].alt, "Desk lamp");
    assert_eq!(listing.variants.len(), 2);
    assert_eq!((listing.variants[1].price, listing.variants[1].stock), (Money::eur_cents(2000), 10));
    assert_eq!(turn.report["proposed"], true);
}

#[tokio::test]
async fn the_proposal_rests_on_facts_that_can_be_read_again() {
    let turn = publish(work()).await;
    let told: Vec<_> =
        draft(&turn).0.premises.iter().map(|p| (p.source.as_str(), p.field.as_str(), &p.holds)).collect();
    let cost = Holds::Is("EUR 10.00".to_owned());
    assert_eq!(told, [("product:Acme/lamp", "cost", &cost), ("product:Acme/lamp", "stock", &Holds::AtLeast(1))]);
}

#[tokio::test]
async fn the_case_says_what_is_not_known_and_what_else_could_be_done() {
    let turn = publish(work()).await;
    let case = &draft(&turn).0.case;
    assert_eq!(case.missing, ["competitor", "trend"]);
    assert!(case.risk_factors.contains(&"not known: trend".to_owned()), "{:?}", case.risk_factors);
    assert_eq!(case.impact.margin_percent, Some(50));
    assert_eq!((case.impact.revenue, case.impact.cost), (None, None));
    assert_eq!(case.description, "Desk lamp by Acme in Home & Garden > Lighting: 2 variants at EUR 20.00");
    assert_eq!(case.data_sources, ["supplier feed: feed.csv row 2", "performance record of Acme"]);
    let [other] = &case.alternatives[..] else { panic!("{:?}", case.alternatives) };
    assert!(other.description.starts_with("lower price: sell `lamp-S` at its target margin, for EUR "), "{other:?}");
}

#[tokio::test]
async fn a_proposal_that_a_person_must_decide_says_so() {
    let mut work = work();
    work["reviewed"] = json!({ "approved": false, "escalated": true, "codes": ["confidence_low"], "reason": "unsure" });
    let turn = publish(work).await;
    let risks = &draft(&turn).0.case.risk_factors;
    assert!(risks.contains(&"the CEO function left the word to a person".to_owned()), "{risks:?}");
}

#[tokio::test]
async fn what_no_page_can_do_without_ends_the_work_without_a_proposal() {
    let edit = |pointer: &str, value: Value| {
        let mut work = work();
        *work.pointer_mut(pointer).unwrap() = value;
        work
    };
    let cases = [
        (edit("/candidate/title", json!(" \u{7} ")), "the page cannot be written without a title"),
        (edit("/candidate/offers", json!([])), "the page cannot be written without a variant"),
        (edit("/candidate/offers/0/sku", json!("lamp-XL")), "the page cannot be written without a price of `lamp-XL`"),
        (
            edit("/candidate/offers/0/options", json!([["Size", "L"]])),
            "the page cannot be written without options that tell the variants apart",
        ),
        (edit("/reviewed/approved", json!(false)), "the CEO function did not approve it"),
    ];
    for (work, reason) in cases {
        let turn = publish(work).await;
        assert!(turn.proposals.is_empty());
        assert_eq!((turn.report["proposed"].clone(), turn.report["reason"].as_str()), (json!(false), Some(reason)));
    }
}

#[tokio::test]
async fn an_offer_that_changed_since_it_was_priced_is_not_proposed() {
    let cases = [
        ("cost", Some("EUR 11.00"), "cost of product:Acme/lamp is now EUR 11.00, priced on EUR 10.00"),
        ("stock", Some("0"), "stock of product:Acme/lamp is now 0, priced on at least 1"),
        ("cost", None, "cost of product:Acme/lamp is now unknown, priced on EUR 10.00"),
    ];
    for (field, now, why) in cases {
        let mut bench = bench();
        let fields = &mut bench.known.facts[0].fields;
        fields.remove(field);
        fields.extend(now.map(|now| (field.to_owned(), now.to_owned())));
        let turn = bench.ask(&Publisher, "publish", work()).await.unwrap();
        assert!(turn.proposals.is_empty());
        assert_eq!(turn.report["reason"], format!("the offer changed: {why}"));
    }
}

#[tokio::test]
async fn nothing_is_published_outside_a_journey() {
    let mut bench = bench();
    bench.task = None;
    let refused = bench.ask(&Publisher, "publish", work()).await.unwrap_err();
    assert!(matches!(refused, AgentError::Reject(_)));
}

#[tokio::test]
async fn words_from_outside_are_made_fit_and_never_markup() {
    let mut work = work();
    work["candidate"]["title"] = json!(format!("Lamp\n\t\"{}\"", "bright ".repeat(40)));
    work["candidate"]["description"] = json!("<img src=x onerror=alert(1)>5 < 6 <script>alert(1)</script>".repeat(40));
    work["candidate"]["tags"] = json!(["Lamp", "lamp", " ", "desk\nlamp"]);
    work["candidate"]["images"] = json!([
        { "url": "http://cdn.example/plain.jpg", "alt": "" },
        { "url": "https://cdn.example/1.jpg", "alt": "S" },
        { "url": "https://cdn.example/2.jpg", "alt": "" },
    ]);
    let turn = publish(work).await;
    let listing = draft(&turn).1;
    assert!(listing.title.starts_with("Lamp \"bright bright") && listing.title.chars().count() <= 255);
    assert!(listing.seo_title.chars().count() <= 70 && listing.seo_title.ends_with("bright"));
    assert!(listing.seo_description.chars().count() <= 160);
    assert!(!listing.description_html.contains("alert"), "{}", listing.description_html);
    assert!(listing.description_html.starts_with("<p>5 &lt; 6 "), "{}", listing.description_html);
    assert_eq!(listing.tags, ["Lamp", "desk lamp"]);
    assert_eq!(listing.images.len(), 2);
    assert!(listing.images.iter().all(|image| image.url.starts_with("https://") && image.alt.chars().count() <= 125));
}

#[test]
fn the_sample_event_wakes_it_for_a_task() {
    let wakes = testing::wakes(include_str!("../../../../events/sqs/product-publisher.json"));
    assert!(matches!(wakes[..], [Wake::Task { .. }]));
}
