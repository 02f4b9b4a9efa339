# METADATA
# title: Lists
# description: |
#   Words and codes that the rules look for, kept by operations and legal. Lower case, except
#   country codes (ISO 3166, upper case). No numbers here: those are in thresholds.rego.
package royal.lists

# A product whose category contains one of these goes to a person. Written without hyphens:
# "ecigarette" also finds "E-Cigarettes".
restricted_categories := [
	"adult",
	"alcohol",
	"ammunition",
	"cannabis",
	"cbd",
	"cosmetic",
	"drug",
	"ecigarette",
	"explosive",
	"firearm",
	"firework",
	"gambling",
	"infant formula",
	"knives",
	"medical",
	"medicine",
	"nicotine",
	"pesticide",
	"pharma",
	"supplement",
	"tobacco",
	"vape",
	"vaping",
	"vitamin",
	"weapon",
]

# Goods are never sent there.
sanctioned_countries := [
	"BY",
	"CU",
	"IR",
	"KP",
	"RU",
	"SY",
]

# What customers ask that an agent may answer alone.
known_intents := [
	"delivery_time",
	"exchange",
	"faq",
	"invoice",
	"opening_hours",
	"order_status",
	"payment_methods",
	"product_question",
	"return_policy",
	"size_advice",
	"tracking",
]

# An answer to a customer or a review that touches one of these goes to a person.
delicate_topics := [
	"discrimination",
	"injury",
	"legal_threat",
	"press",
	"privacy",
	"safety",
	"self_harm",
]

# A text in public that touches one of these goes to a person.
brand_topics := [
	"children",
	"competitor",
	"discrimination",
	"health_claim",
	"injury",
	"legal_threat",
	"politics",
	"press",
	"privacy",
	"religion",
	"safety",
	"self_harm",
	"sustainability_claim",
	"tragedy",
]

# Goods that are sold on easily: many of them in one order are looked at (agents/fraud.rego). The category
# contains one of these.
resale_categories := [
	"console",
	"electronic",
	"gift card",
	"headphone",
	"jewel",
	"laptop",
	"perfume",
	"phone",
	"sneaker",
	"tablet",
	"watch",
]
