package royal.risk.customer_test

import data.royal.risk.customer
import data.royal.thresholds

codes(change) := {finding.code | some finding in findings} if {
	findings := customer.findings with input as object.union({"action": {}, "context": {}, "topics": []}, change)
}

tiers(change) := {finding.tier | some finding in findings} if {
	findings := customer.findings with input as object.union({"action": {}, "context": {}, "topics": []}, change)
}

refund(type, cents) := {
	"action": {"type": type, "amount_cents": cents},
	"context": {"similar_24h_cents": 0, "order_paid_cents": 1000000, "refunds_30d": 0},
}

test_money_back_by_size if {
	low := thresholds.refund_issue.low_up_to_cents
	ceo := thresholds.refund_issue.ceo_up_to_cents
	every type in ["refund.issue", "compensation.offer"] {
		tiers(refund(type, low)) == set()
		tiers(refund(type, low + 1)) == {"CEO"}
		tiers(refund(type, ceo)) == {"CEO"}
		tiers(refund(type, ceo + 1)) == {"CEO", "HIGH"}
	}
}

test_no_more_back_than_was_paid if {
	paid := object.union(refund("refund.issue", 100), {"context": {"order_paid_cents": 100}})
	codes(paid) == set()
	codes(object.union(paid, {"context": {"order_paid_cents": 99}})) == {"more_than_paid"}
}

test_many_refunds_to_one_customer if {
	most := thresholds.refund_issue.up_to_refunds
	codes(object.union(refund("refund.issue", 100), {"context": {"refunds_30d": most - 1}})) == set()
	codes(object.union(refund("refund.issue", 100), {"context": {"refunds_30d": most}})) == {"refunds_many"}
}

mail(type, count) := {
	"action": {"type": type, "recipients": count, "amount_cents": 0},
	"context": {"consented": true, "within_frequency": true, "offers_customer_cents": 0},
}

test_mail_by_recipients if {
	low := thresholds.email_send.low_up_to_recipients
	medium := thresholds.email_send.medium_up_to_recipients
	every type in ["email.send", "review.request", "retention.offer"] {
		tiers(mail(type, low)) == set()
		tiers(mail(type, low + 1)) == {"MEDIUM"}
		tiers(mail(type, medium)) == {"MEDIUM"}
		tiers(mail(type, medium + 1)) == {"MEDIUM", "HIGH"}
	}
}

test_consent_and_frequency if {
	codes(object.union(mail("email.send", 1), {"context": {"consented": false}})) == {"not_consented"}
	codes(object.union(mail("email.send", 1), {"context": {"within_frequency": false}})) == {"too_frequent"}
}

test_offers_to_one_customer_add_up if {
	cap := thresholds.retention_offer.customer_up_to_cents
	offer := object.union(mail("retention.offer", 1), {"action": {"amount_cents": cap}})
	codes(offer) == set()
	codes(object.union(offer, {"context": {"offers_customer_cents": 1}})) == {"offers_over_cap"}
}

reply := {
	"action": {"type": "support.reply", "intent": "order_status"},
	"confidence": thresholds.support_reply.low_from_confidence_percent,
}

test_a_known_question_is_answered if codes(reply) == set()

test_an_unknown_question_or_a_doubt_is_reported if {
	codes(object.union(reply, {"action": {"intent": "marriage"}})) == {"intent_unknown"}
	tiers(object.union(reply, {"confidence": reply.confidence - 1})) == {"MEDIUM"}
}

test_delicate_topics_go_to_a_person if {
	every type in ["support.reply", "review.reply"] {
		"HIGH" in tiers(object.union(reply, {"action": {"type": type}, "topics": ["legal_threat"]}))
	}
}

test_a_harmless_topic_is_answered if codes(object.union(reply, {"topics": ["cooking"]})) == set()

test_other_types_are_not_looked_at if {
	codes({"action": {"type": "teleport"}, "topics": ["legal_threat"]}) == set()
}
