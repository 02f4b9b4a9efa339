package royal.risk.marketing_test

import data.royal.risk.marketing
import data.royal.thresholds

tiers(action, context) := {finding.tier | some finding in findings} if {
	findings := marketing.findings with input as {"action": action, "context": context, "topics": []}
}

budget := thresholds.budget_adjust

launch := thresholds.campaign_launch

test_a_budget_change_by_size if {
	every type in ["budget.adjust", "campaign.scale"] {
		tiers({"type": type, "amount_cents": budget.low_under_cents - 1}, {}) == set()
		tiers({"type": type, "amount_cents": budget.low_under_cents}, {}) == {"MEDIUM"}
		tiers({"type": type, "amount_cents": budget.medium_up_to_cents}, {}) == {"MEDIUM"}
		tiers({"type": type, "amount_cents": budget.medium_up_to_cents + 1}, {}) == {"MEDIUM", "HIGH"}
	}
}

test_small_changes_add_up if {
	small := {"type": "budget.adjust", "amount_cents": 1}
	tiers(small, {"similar_24h_cents": budget.low_under_cents - 2}) == set()
	tiers(small, {"similar_24h_cents": budget.low_under_cents - 1}) == {"MEDIUM"}
	tiers(small, {"similar_24h_cents": budget.medium_up_to_cents}) == {"MEDIUM", "HIGH"}
}

test_a_campaign_by_size if {
	tiers({"type": "campaign.launch", "amount_cents": launch.medium_up_to_cents}, {}) == set()
	tiers({"type": "campaign.launch", "amount_cents": launch.medium_up_to_cents + 1}, {}) == {"CEO"}
	tiers({"type": "campaign.launch", "amount_cents": launch.ceo_up_to_cents + 1}, {}) == {"CEO", "HIGH"}
}

test_a_variant_stays_within_its_campaign if {
	variant := {"type": "ad.variant.start", "amount_cents": 100}
	tiers(variant, {"campaign_budget_left_cents": 100}) == set()
	tiers(variant, {"campaign_budget_left_cents": 99}) == {"HIGH"}
}

test_a_paid_influencer_is_a_persons_decision if {
	fee := thresholds.influencer_contact.ceo_up_to_cents
	tiers({"type": "influencer.contact"}, {}) == set()
	tiers({"type": "influencer.contact", "amount_cents": fee, "currency": "EUR"}, {}) == set()
	tiers({"type": "influencer.contact", "amount_cents": fee + 1, "currency": "EUR"}, {}) == {"HIGH"}
	tiers({"type": "influencer.contact", "currency": "EUR"}, {}) == {"HIGH"}
}

test_a_topic_that_hurts_the_brand if {
	text := {"action": {"type": "content.publish"}, "topics": ["politics"]}
	findings := marketing.findings with input as text
	{finding.tier | some finding in findings} == {"HIGH"}
	plain := marketing.findings with input as object.union(text, {"topics": ["cooking"]})
	plain == set()
}

test_pausing_spends_nothing if tiers({"type": "campaign.pause"}, {}) == set()

test_an_offer_of_nothing_is_a_whole_amount if {
	tiers({"type": "influencer.contact", "amount_cents": 0, "currency": "EUR"}, {}) == set()
}

test_a_fee_has_to_be_whole_cents if {
	every change in [{}, {"amount_cents": -1}] {
		offer := object.union({"type": "influencer.contact", "currency": "EUR"}, change)
		findings := marketing.findings with input as {"action": offer, "context": {}, "topics": []}
		{[finding.code, finding.value] | some finding in findings} == {["fact_missing", "action.amount_cents"]}
	}
}
