# METADATA
# title: Risk of marketing actions
package royal.risk.marketing

import data.royal.lists
import data.royal.thresholds

type := input.action.type

spend_changes := {"budget.adjust", "campaign.scale"}

findings contains {
	"tier": "MEDIUM",
	"code": sum.reaches,
	"limit": "budget_adjust.low_under_cents",
	"value": sum.cents,
} if {
	type in spend_changes
	some sum in data.royal.risk.common.sums
	sum.cents >= thresholds.budget_adjust.low_under_cents
}

findings contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "budget_adjust.medium_up_to_cents",
	"value": sum.cents,
} if {
	type in spend_changes
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.budget_adjust.medium_up_to_cents
}

findings contains {
	"tier": "CEO",
	"code": sum.over,
	"limit": "campaign_launch.medium_up_to_cents",
	"value": sum.cents,
} if {
	type == "campaign.launch"
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.campaign_launch.medium_up_to_cents
}

findings contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "campaign_launch.ceo_up_to_cents",
	"value": sum.cents,
} if {
	type == "campaign.launch"
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.campaign_launch.ceo_up_to_cents
}

findings contains {
	"tier": "HIGH",
	"code": "campaign_budget_spent",
	"value": input.action.amount_cents,
	"than": input.context.campaign_budget_left_cents,
} if {
	type == "ad.variant.start"
	input.action.amount_cents > input.context.campaign_budget_left_cents
}

findings contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "influencer_contact.ceo_up_to_cents",
	"value": sum.cents,
} if {
	type == "influencer.contact"
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.influencer_contact.ceo_up_to_cents
}

# A fee that is there but does not come as whole cents.
findings contains {"tier": "HIGH", "code": "fact_missing", "value": "action.amount_cents"} if {
	type == "influencer.contact"
	input.action.currency
	not has_amount
}

has_amount if input.action.amount_cents >= 0

findings contains {"tier": "HIGH", "code": "brand_topic", "value": topic} if {
	type == "content.publish"
	some topic in input.topics
	topic in lists.brand_topics
}
