# METADATA
# title: Risk of customer actions
package royal.risk.customer

import data.royal.lists
import data.royal.thresholds

type := input.action.type

paid_back := {"refund.issue", "compensation.offer"}

addressed := {"review.request", "email.send", "retention.offer"}

answers := {"support.reply", "review.reply"}

# --- money back ----------------------------------------------------------------------------------

findings contains {
	"tier": "CEO",
	"code": sum.over,
	"limit": "refund_issue.low_up_to_cents",
	"value": sum.cents,
} if {
	type in paid_back
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.refund_issue.low_up_to_cents
}

findings contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "refund_issue.ceo_up_to_cents",
	"value": sum.cents,
} if {
	type in paid_back
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.refund_issue.ceo_up_to_cents
}

findings contains {
	"tier": "HIGH",
	"code": "more_than_paid",
	"value": input.action.amount_cents,
	"than": input.context.order_paid_cents,
} if {
	type in paid_back
	input.action.amount_cents > input.context.order_paid_cents
}

findings contains {
	"tier": "HIGH",
	"code": "refunds_many",
	"limit": "refund_issue.up_to_refunds",
	"value": input.context.refunds_30d + 1,
} if {
	type in paid_back
	input.context.refunds_30d >= thresholds.refund_issue.up_to_refunds
}

# --- messages ------------------------------------------------------------------------------------

findings contains {
	"tier": "MEDIUM",
	"code": "recipients_many",
	"limit": "email_send.low_up_to_recipients",
	"value": input.action.recipients,
} if {
	type in addressed
	input.action.recipients > thresholds.email_send.low_up_to_recipients
}

findings contains {
	"tier": "HIGH",
	"code": "recipients_many",
	"limit": "email_send.medium_up_to_recipients",
	"value": input.action.recipients,
} if {
	type in addressed
	input.action.recipients > thresholds.email_send.medium_up_to_recipients
}

findings contains {"tier": "HIGH", "code": "not_consented"} if {
	type in addressed
	input.context.consented == false
}

findings contains {"tier": "HIGH", "code": "too_frequent"} if {
	type in addressed
	input.context.within_frequency == false
}

offered := input.action.amount_cents + input.context.offers_customer_cents

findings contains {
	"tier": "HIGH",
	"code": "offers_over_cap",
	"limit": "retention_offer.customer_up_to_cents",
	"value": offered,
} if {
	type == "retention.offer"
	offered > thresholds.retention_offer.customer_up_to_cents
}

# --- answers -------------------------------------------------------------------------------------

findings contains {"tier": "HIGH", "code": "delicate_topic", "value": topic} if {
	type in answers
	some topic in input.topics
	topic in lists.delicate_topics
}

findings contains {"tier": "MEDIUM", "code": "intent_unknown"} if {
	type == "support.reply"
	not intent_known
}

intent_known if input.action.intent in lists.known_intents

findings contains {
	"tier": "MEDIUM",
	"code": "confidence_fair",
	"limit": "support_reply.low_from_confidence_percent",
	"value": input.confidence,
} if {
	type == "support.reply"
	input.confidence < thresholds.support_reply.low_from_confidence_percent
}
