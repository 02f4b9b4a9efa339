//! The rule machine answers as the interpreter does.
//!
//! The machine runs on tables folded into data; the interpreter reads the files as they are, so this
//! also shows that folding changes nothing.

use super::support::{POLICY, calm, sources};
use crate::{
    AgentFacts, CeoReview, Context, FraudBand, Input, Rule,
    input::Judged,
    rules::{access, ceo, fraud, fulfillment, inventory, pricing, scout, vetting},
    value::{from_rego, to_rego},
};
use domain::{Action, Facts, Role, Tier};
use proptest::{option, prelude::*, sample::select, test_runner::RngSeed};
use regorus::{Engine, Value};
use serde::Serialize;
use std::cell::RefCell;

thread_local! {
    static INTERPRETER: RefCell<Engine> = RefCell::new(interpreter());
}

fn interpreter() -> Engine {
    let mut engine = Engine::new();
    for source in sources() {
        engine.add_policy(source.name, source.text).unwrap();
    }
    engine
}

/// Both answers to one input. On the way: what rules see of it is what its JSON says, and what Rust reads of an answer is
/// what the answer's JSON says.
fn both(rule: Rule, input: &impl Serialize) -> (serde_json::Value, serde_json::Value) {
    let mut json = serde_json::to_value(input).unwrap();
    without_nulls(&mut json);
    let told = Value::from_json_str(&json.to_string()).unwrap();
    assert_eq!(to_rego(input).unwrap(), told);
    let machine = POLICY.ask(rule, told.clone()).unwrap();
    let interpreted = INTERPRETER.with_borrow_mut(|engine| {
        engine.set_input(told);
        engine.eval_rule(rule.path().to_owned()).unwrap()
    });
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let read: serde_json::Value = from_rego(&machine).unwrap();
    assert_eq!(read, parse(&machine.to_string()));
    (read, parse(&interpreted.to_string()))
}

/// Takes out what is null: an unknown fact must not be there at all.
fn without_nulls(value: &mut serde_json::Value) {
    if let serde_json::Value::Object(fields) = value {
        fields.retain(|_, field| !field.is_null());
        fields.values_mut().for_each(without_nulls);
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(14), ..ProptestConfig::default() }
}

/// Small, at the edges of limits, and hostile.
fn figures() -> impl Strategy<Value = Option<i64>> {
    let limits = POLICY.numbers();
    let edge = (select(limits), -1..=1_i64).prop_map(|(limit, step)| limit + step);
    let hostile = select(vec![i64::MIN, -1, 0, i64::MAX, i64::MAX - 1, 9_007_199_254_740_993, 10_000_000_000_000]);
    prop_oneof![
        2 => Just(None),
        4 => (0..20_000_i64).prop_map(Some),
        4 => edge.prop_map(Some),
        1 => hostile.prop_map(Some),
    ]
}

fn words() -> impl Strategy<Value = Option<String>> {
    let known = select(vec![
        "EUR",
        "USD",
        "NL",
        "KP",
        "Home",
        "Weapons",
        "out_of_stock",
        "recall",
        "order_status",
        "Wine & Alcohol",
        "",
    ]);
    prop_oneof![
        1 => Just(None),
        6 => known.prop_map(|word| Some(word.to_owned())),
        1 => "\\PC{0,40}".prop_map(Some),
        1 => Just(Some("x".repeat(100_000))),
    ]
}

fn kinds() -> impl Strategy<Value = String> {
    let known = select(Action::KINDS.to_vec()).prop_map(str::to_owned);
    prop_oneof![20 => known, 1 => "\\PC{0,20}"]
}

prop_compose! {
    fn facts()(
        kind in kinds(),
        irreversible in prop::bool::weighted(0.1),
        figures in prop::collection::vec(figures(), 9),
        words in prop::collection::vec(words(), 5),
        topics in prop::collection::vec(select(vec!["politics", "press", "cooking"]), 0..2),
    ) -> Facts {
        Facts {
            kind,
            target: "thing:1".to_owned(),
            irreversible,
            amount_cents: figures[0],
            currency: words[0].clone().or_else(|| Some("EUR".to_owned())),
            old_price_cents: figures[1],
            new_price_cents: figures[2],
            cost_cents: figures[3],
            category: words[1].clone(),
            quantity: figures[4],
            old_quantity: figures[5],
            recipients: figures[6],
            reason: words[2].clone(),
            topics: topics.into_iter().map(str::to_owned).collect(),
            intent: words[3].clone(),
            old_goal: figures[7],
            new_goal: figures[8],
            country: words[4].clone(),
        }
    }
}

prop_compose! {
    fn contexts()(
        figures in prop::collection::vec(figures(), 12),
        flags in prop::collection::vec(option::of(any::<bool>()), 10),
        ceo_review in option::of(select(vec![CeoReview::Approved, CeoReview::Rejected, CeoReview::Escalated])),
        fraud_band in option::of(select(vec![FraudBand::Low, FraudBand::Medium, FraudBand::High, FraudBand::Blocked])),
        overflow in option::of(prop::collection::vec(Just("store/day".to_owned()), 0..2)),
    ) -> Context {
        Context {
            ceo_review,
            supplier_known: flags[0],
            supplier_proven: flags[1],
            price_24h_ago_cents: figures[0],
            price_changes_24h: figures[1],
            minutes_since_price_change: figures[2],
            similar_24h_cents: figures[3],
            budget_overflow: overflow,
            campaign_budget_left_cents: figures[4],
            refunds_30d: figures[5],
            order_paid_cents: figures[6],
            fraud_band,
            fraud_checks_passed: flags[2],
            order_was_high: flags[3],
            order_held: flags[9],
            consented: flags[4],
            within_frequency: flags[5],
            offers_customer_cents: figures[7],
            unpublished_24h: figures[8],
            usual_quantity: figures[9],
            topics: Vec::new(),
            stopped: flags[6].filter(|_| false),
            rejected_minutes_ago: figures[10],
            undo: flags[7],
            unwatched_hours: figures[11],
            inverse_valid: flags[8],
        }
    }
}

/// Half of them calm but for what is generated, so that single rules decide.
pub(super) fn inputs() -> impl Strategy<Value = Input> {
    (facts(), contexts(), option::of(0..=120_u8), 0..4_u8, any::<bool>()).prop_map(
        |(action, context, confidence, agent, calmed)| {
            let base = calm(&action.kind);
            let cluster = ["product", "marketing", "customer", "finance"][usize::from(agent)];
            let agent = AgentFacts { name: cluster.to_owned(), cluster: cluster.to_owned(), probation: agent == 3 };
            if calmed {
                let action = Facts { amount_cents: action.amount_cents, recipients: action.recipients, ..base.action };
                let similar_24h_cents = context.similar_24h_cents;
                let context = Context { similar_24h_cents, refunds_30d: context.refunds_30d, ..base.context };
                return Input { action, agent: base.agent, context, confidence };
            }
            Input { action, agent, context, confidence }
        },
    )
}

proptest! {
    #![proptest_config(config(4_500))]

    #[test]
    fn judgements_are_the_same(input in inputs()) {
        let input = Judged::from(&input);
        let (machine, interpreted) = both(Rule::Risk, &input);
        prop_assert_eq!(&machine, &interpreted);
        prop_assert_eq!(whole(&input), with_desk(machine, &input.action.kind));
    }
}

/// The whole decision, as the interpreter makes it of the whole input.
fn whole(input: &Judged) -> serde_json::Value {
    INTERPRETER.with_borrow_mut(|engine| {
        engine.set_input(to_rego(input).unwrap());
        from_rego(&engine.eval_rule("data.royal.risk.decision".to_owned()).unwrap()).unwrap()
    })
}

/// A verdict, and what the machine says of the type alone.
fn with_desk(mut verdict: serde_json::Value, kind: &str) -> serde_json::Value {
    let desk = serde_json::to_value(POLICY.desk(&kind.into()).unwrap()).unwrap();
    verdict.as_object_mut().unwrap().extend(desk.as_object().unwrap().clone());
    verdict
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn verdicts_of_the_scout_are_the_same(figures in prop::collection::vec(figures(), 6)) {
        let input = scout::Input {
            cost_cents: figures[0],
            price_cents: figures[1],
            stock_units: figures[2],
            rating_tenths: figures[3].map(|figure| figure % 60),
            trend_points: figures[4].map(|figure| figure % 120),
            shipping_days: figures[5],
        };
        let (machine, interpreted) = both(Rule::Scout, &input);
        prop_assert_eq!(machine, interpreted);
    }

    #[test]
    fn verdicts_of_vetting_are_the_same(figures in prop::collection::vec(option::weighted(0.9, -5..120_i64), 6)) {
        let input = vetting::Input {
            on_time_percent: figures[0],
            delay_tenths_days: figures[1],
            defect_percent: figures[2],
            return_percent: figures[3],
            cost_points: figures[4],
            service_points: figures[5],
        };
        let (machine, interpreted) = both(Rule::Vetting, &input);
        prop_assert_eq!(machine, interpreted);
    }

    #[test]
    fn scores_of_orders_are_the_same(
        figures in prop::collection::vec(figures(), 3),
        flags in prop::collection::vec(option::of(any::<bool>()), 3),
        risk in option::of(select(vec!["none", "low", "medium", "high", "pending"])),
        items in prop::collection::vec((option::of(select(vec!["Electronics", "Garden"])), 0..9_i64), 0..3),
    ) {
        let items = items.into_iter();
        let input = fraud::Input {
            orders_before: figures[0],
            orders_24h: figures[1],
            value_cents: figures[2],
            country_differs: flags[0],
            city_differs: flags[1],
            mail_disposable: flags[2],
            shop_risk: risk.map(str::to_owned),
            items: items.map(|(category, units)| fraud::Item { category: category.map(str::to_owned), units }).collect(),
        };
        let (machine, interpreted) = both(Rule::Fraud, &input);
        prop_assert_eq!(machine, interpreted);
    }

    #[test]
    fn offers_and_stocks_are_the_same(
        figures in prop::collection::vec(option::weighted(0.8, -5..120_i64), 8),
        capable in option::of(any::<bool>()),
    ) {
        let offer = fulfillment::Input {
            capable,
            stock_units: figures[0],
            wanted_units: figures[1],
            success_percent: figures[2],
            delivery_days: figures[3],
        };
        let (machine, interpreted) = both(Rule::Fulfillment, &offer);
        prop_assert_eq!(machine, interpreted);
        let stock = inventory::Input {
            supplier_units: figures[0],
            owed_units: figures[1],
            shop_units: figures[2],
            other_units: figures[3],
            own_units: figures[4],
            on_order_units: figures[7],
            reorder_units: figures[5],
            economic_units: figures[6],
        };
        let (machine, interpreted) = both(Rule::Inventory, &stock);
        prop_assert_eq!(machine, interpreted);
    }

    #[test]
    fn prices_are_the_same(figures in prop::collection::vec(figures(), 6)) {
        let input = pricing::Input {
            cost_cents: figures[0],
            suggested_cents: figures[1],
            competitor_cents: figures[2],
            current_cents: figures[3],
            changes_24h: figures[4],
            minutes_since_change: figures[5],
        };
        let (machine, interpreted) = both(Rule::Pricing, &input);
        prop_assert_eq!(machine, interpreted);
    }

    #[test]
    fn words_of_the_ceo_function_are_the_same(
        figures in prop::collection::vec(figures(), 5),
        percent in option::of(0..=100_u8),
        passed in option::of(any::<bool>()),
        tier in option::of(select(vec![Tier::Low, Tier::Ceo, Tier::High])),
        action in facts(),
    ) {
        let product = ceo::Product {
            margin_percent: figures[0],
            confidence_percent: percent,
            supplier_passed: passed,
            approved_today: figures[1],
            goal_margin_percent: figures[2],
            store_margin_percent: figures[3],
        };
        let (machine, interpreted) = both(Rule::CeoProduct, &product);
        prop_assert_eq!(machine, interpreted);
        let action = ceo::Action { action, tier, confidence_percent: percent, committed_today_cents: figures[4] };
        let (machine, interpreted) = both(Rule::CeoAction, &action);
        prop_assert_eq!(machine, interpreted);
    }

    #[test]
    fn access_is_the_same(
        verb in prop_oneof![select(vec![
            "approvals.decide", "approvals.decide", "approvals.delegate", "approvals.modify", "actions.withdraw",
            "tasks.create", "audit.read", "control.resume",
        ]).prop_map(str::to_owned), "\\PC{0,12}"],
        roles in prop::collection::vec(select(Role::ALL.to_vec()), 0..3),
        machine in any::<bool>(),
        human in option::of(select(vec!["Ann".to_owned(), "p-1".to_owned()])),
        lent in prop::collection::vec(
            (select(vec!["bob", "ann", "cid"]), prop::collection::vec(select(Role::ALL.to_vec()), 0..3)), 0..3,
        ),
        cluster in option::of(select(vec!["product".to_owned(), "marketing".to_owned()])),
        request in option::of((kinds(), prop::collection::vec(select(Role::ALL.to_vec()), 0..3), any::<bool>())),
    ) {
        let request = request.map(|(kind, roles, own)| access::Request {
            kind,
            roles,
            authors: vec![if own { "ann".to_owned() } else { "bob".to_owned() }],
        });
        let caller = access::Caller { account: "ann".to_owned(), human, roles, machine };
        let delegations = lent.into_iter().map(|(from, roles)| access::Delegation { from_human: from.to_owned(), roles });
        let input = access::Input { verb, caller, cluster, request, delegations: delegations.collect() };
        let (machine, interpreted) = both(Rule::Access, &input);
        prop_assert_eq!(machine, interpreted);
    }
}

#[test]
fn every_type_calm_and_empty_is_the_same() {
    for kind in Action::KINDS {
        let (machine, interpreted) = both(Rule::Risk, &Judged::from(&calm(kind)));
        assert_eq!(machine, interpreted, "{kind}");
        let mut empty = Input::default();
        empty.action.kind = (*kind).to_owned();
        let (machine, interpreted) = both(Rule::Risk, &Judged::from(&empty));
        assert_eq!(machine, interpreted, "{kind}");
    }
}
