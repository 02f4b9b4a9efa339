# METADATA
# title: Risk of customer actions
package royal.risk.customer

import data.royal.lists
import data.royal.thresholds

findings := paid_back if {
	input.action.type in {"refund.issue", "compensation.offer"}
} else := addressed if {
	input.action.type in {"review.request", "email.send"}
} else := addressed | offers if {
	input.action.type == "retention.offer"
} else := answers | support if {
	input.action.type == "support.reply"
} else := answers if {
	input.action.type == "review.reply"
} else := set()

# --- money back ----------------------------------------------------------------------------------

paid_back contains {
	"tier": "CEO",
	"code": sum.over,
	"limit": "refund_issue.low_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.refund_issue.low_up_to_cents
}

paid_back contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "refund_issue.ceo_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.refund_issue.ceo_up_to_cents
}

paid_back contains {
	"tier": "HIGH",
	"code": "more_than_paid",
	"value": input.action.amount_cents,
	"than": input.context.order_paid_cents,
} if {
	input.action.amount_cents > input.context.order_paid_cents
}

paid_back contains {
	"tier": "HIGH",
	"code": "refunds_many",
	"limit": "refund_issue.up_to_refunds",
	"value": input.context.refunds_30d + 1,
} if {
	input.context.refunds_30d >= thresholds.refund_issue.up_to_refunds
}

# --- messages ------------------------------------------------------------------------------------

addressed contains {
	"tier": "MEDIUM",
	"code": "recipients_many",
	"limit": "email_send.low_up_to_recipients",
	"value": input.action.recipients,
} if {
	input.action.recipients > thresholds.email_send.low_up_to_recipients
}

addressed contains {
	"tier": "HIGH",
	"code": "recipients_many",
	"limit": "email_send.medium_up_to_recipients",
	"value": input.action.recipients,
} if {
	input.action.recipients > thresholds.email_send.medium_up_to_recipients
}

addressed contains {"tier": "HIGH", "code": "not_consented"} if {
	input.context.consented == false
}

addressed contains {"tier": "HIGH", "code": "too_frequent"} if {
	input.context.within_frequency == false
}

offered := input.action.amount_cents + input.context.offers_customer_cents

offers contains {
	"tier": "HIGH",
	"code": "offers_over_cap",
	"limit": "retention_offer.customer_up_to_cents",
	"value": offered,
} if {
	offered > thresholds.retention_offer.customer_up_to_cents
}

# --- answers -------------------------------------------------------------------------------------

answers contains {"tier": "HIGH", "code": "delicate_topic", "value": topic} if {
	some topic in input.topics
	topic in lists.delicate_topics
}

support contains {"tier": "MEDIUM", "code": "intent_unknown"} if {
	not intent_known
}

intent_known if input.action.intent in lists.known_intents

support contains {
	"tier": "MEDIUM",
	"code": "confidence_fair",
	"limit": "support_reply.low_from_confidence_percent",
	"value": input.confidence,
} if {
	input.confidence < thresholds.support_reply.low_from_confidence_percent
}
