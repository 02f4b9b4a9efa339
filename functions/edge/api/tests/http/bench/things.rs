//! Things to look at and to decide.

use super::NOON;
use domain::{
    Action, ActionId, Decision, JourneyId, Money, Premise, Proposal, Reason, Record, Role, Status, Tier,
    action::{Image, Listing, ProductKey, ProductPublish, Variant},
    decision::Consent,
    journey::{Candidate, Journey, Offer, Scored, Stage},
    premise::Holds,
    proposal::{Alternative, Case, Confidence, Impact},
};

fn product(n: u32) -> ProductKey {
    ProductKey { supplier: "acme".into(), sku: format!("mug-{n}") }
}

/// The proposal to put mug number `n` on sale.
pub(crate) fn publish(n: u32) -> Proposal {
    let listing = Listing {
        product: product(n),
        title: format!("Mug {n}"),
        handle: format!("mug-{n}"),
        description_html: "<p>A mug.</p>".into(),
        seo_title: "A mug".into(),
        seo_description: "A mug to drink from".into(),
        vendor: "Acme".into(),
        category: "Kitchen".into(),
        tags: vec!["mug".into()],
        images: vec![Image { url: "https://cdn.example/mug.jpg".into(), alt: "A mug".into() }],
        variants: vec![Variant {
            sku: format!("mug-{n}-red"),
            options: vec![("Colour".into(), "Red".into())],
            price: Money::eur_cents(1295),
            cost: Money::eur_cents(500),
            stock: 12,
        }],
    };
    let (id, agent) = (ActionId::at(NOON, "mugs", n), "product-publisher".parse().unwrap());
    Proposal {
        journey: Some(JourneyId::of("mug")),
        premises: vec![Premise {
            source: format!("product:{}", product(n)),
            field: "stock".into(),
            holds: Holds::AtLeast(1),
        }],
        confidence: Some(Confidence::percent(60).unwrap()),
        ..Proposal::new(id, agent, Action::from(ProductPublish { listing }), case(), NOON)
    }
}

fn case() -> Case {
    Case {
        title: "Sell the mug <script>alert(1)</script>".into(),
        description: "Pre-approved by compliance.".into(),
        reasoning: "People drink.".into(),
        data_sources: vec!["feed.csv row 2".into()],
        risk_factors: vec!["it may break".into()],
        missing: vec!["trend".into()],
        impact: Impact {
            revenue: Some(Money::eur_cents(15_000)),
            cost: Some(Money::eur_cents(10_000)),
            margin_percent: Some(61),
        },
        alternatives: vec![Alternative {
            description: "Sell a glass".into(),
            pros: vec!["clear".into()],
            cons: vec!["cold".into()],
            estimated_impact: None,
        }],
    }
}

/// A request to people for `proposal`: `quorum` of them must agree, owners or operations.
pub(crate) fn request(proposal: Proposal, quorum: u32) -> Record {
    let decision = Decision {
        tier: Tier::High,
        reasons: vec![Reason {
            code: "confidence_low".into(),
            tier: Tier::High,
            limit: Some("product_publish.ceo_from_confidence_percent".into()),
            threshold: Some("65".into()),
            line: Some(50),
            value: Some("60".into()),
            en: "The agent is 60 % sure, less than 65 %.".into(),
            nl: "De agent is 60 % zeker, minder dan 65 %.".into(),
        }],
        consent: Consent::of(vec![Role::Operations, Role::Owner], quorum, 24),
        undo_minutes: 60,
        revision: "r1".into(),
        input: "i1".into(),
        at: NOON,
    };
    Record::judged(proposal, decision, Status::Proposed).unwrap().asked(None, NOON).unwrap()
}

/// The journey of mug number `n`, in this stage.
pub(crate) fn journey(n: u32, stage: Stage) -> Journey {
    let candidate = Candidate {
        product: product(n),
        title: format!("Mug {n}"),
        description: "A mug.".into(),
        category: "Kitchen".into(),
        tags: vec![],
        images: vec![],
        offers: vec![Offer {
            sku: format!("mug-{n}-red"),
            options: vec![],
            cost: Money::eur_cents(500),
            suggested: Money::eur_cents(1295),
            stock: 12,
        }],
        fingerprint: "f".into(),
        source: "feed.csv row 2".into(),
    };
    Journey {
        id: Journey::id_of(&candidate.product),
        stage,
        candidate,
        scored: Scored {
            score: 80,
            terms: [("margin".to_owned(), 90)].into(),
            missing: vec!["trend".into()],
            confidence: 80,
        },
        vetted: None,
        priced: None,
        reviewed: None,
        action: None,
        ending: None,
        round: 1,
        created: NOON,
        updated: NOON,
    }
}
