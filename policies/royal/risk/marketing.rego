# METADATA
# title: Risk of marketing actions
package royal.risk.marketing

import data.royal.lists
import data.royal.thresholds

findings := spend_changes if {
	input.action.type in {"budget.adjust", "campaign.scale"}
} else := launches if {
	input.action.type == "campaign.launch"
} else := variants if {
	input.action.type == "ad.variant.start"
} else := fees if {
	input.action.type == "influencer.contact"
} else := words if {
	input.action.type == "content.publish"
} else := set()

spend_changes contains {
	"tier": "MEDIUM",
	"code": sum.reaches,
	"limit": "budget_adjust.low_under_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents >= thresholds.budget_adjust.low_under_cents
}

spend_changes contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "budget_adjust.medium_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.budget_adjust.medium_up_to_cents
}

launches contains {
	"tier": "CEO",
	"code": sum.over,
	"limit": "campaign_launch.medium_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.campaign_launch.medium_up_to_cents
}

launches contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "campaign_launch.ceo_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.campaign_launch.ceo_up_to_cents
}

variants contains {
	"tier": "HIGH",
	"code": "campaign_budget_spent",
	"value": input.action.amount_cents,
	"than": input.context.campaign_budget_left_cents,
} if {
	input.action.amount_cents > input.context.campaign_budget_left_cents
}

fees contains {
	"tier": "HIGH",
	"code": sum.over,
	"limit": "influencer_contact.ceo_up_to_cents",
	"value": sum.cents,
} if {
	some sum in data.royal.risk.common.sums
	sum.cents > thresholds.influencer_contact.ceo_up_to_cents
}

# A fee that is there but does not come as whole cents.
fees contains {"tier": "HIGH", "code": "fact_missing", "value": "action.amount_cents"} if {
	input.action.currency
	not has_amount
}

has_amount if input.action.amount_cents >= 0

words contains {"tier": "HIGH", "code": "brand_topic", "value": topic} if {
	some topic in input.topics
	topic in lists.brand_topics
}
