//! Actions of the customer cluster.
//!
//! Customers appear by their shop id only: personal data lives in customer rows.

use super::{Effect, Executor, Facts};
use crate::{money::Money, text::Lang};
use serde::{Deserialize, Serialize};

/// Answers a customer's message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SupportReply {
    /// Which conversation.
    pub conversation: String,
    /// Shop's customer id, where the writer is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub customer: Option<String>,
    /// Text.
    pub body: String,
    /// What the customer wants, where it is known.
    pub intent: Option<String>,
    /// Topics the conversation touches, found by our own check.
    pub topics: Vec<String>,
}

impl Effect for SupportReply {
    const EXECUTOR: Executor = Executor::Messages;

    fn target(&self) -> String {
        format!("conversation:{}", self.conversation)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.intent.clone_from(&self.intent);
        facts.topics.clone_from(&self.topics);
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { conversation, .. } = self;
        lang.pick(format!("Answer conversation {conversation}"), format!("Gesprek {conversation} beantwoorden"))
    }
}

/// Pays money of an order back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RefundIssue {
    /// Shop's order id.
    pub order: String,
    /// Shop's customer id.
    pub customer: String,
    /// How much.
    pub amount: Money,
}

impl Effect for RefundIssue {
    const EXECUTOR: Executor = Executor::Storefront;

    fn target(&self) -> String {
        format!("customer:{}", self.customer)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.amount)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, amount, .. } = self;
        lang.pick(format!("Refund {amount} of order {order}"), format!("{amount} van bestelling {order} terugbetalen"))
    }
}

/// Offers a customer money or credit for trouble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CompensationOffer {
    /// Shop's order id.
    pub order: String,
    /// Shop's customer id.
    pub customer: String,
    /// How much.
    pub amount: Money,
}

impl Effect for CompensationOffer {
    const EXECUTOR: Executor = Executor::Storefront;

    fn target(&self) -> String {
        format!("customer:{}", self.customer)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.amount)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, amount, .. } = self;
        lang.pick(
            format!("Offer {amount} as compensation for order {order}"),
            format!("{amount} compensatie aanbieden voor bestelling {order}"),
        )
    }
}

/// Asks a customer for a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReviewRequest {
    /// Shop's order id.
    pub order: String,
    /// Shop's customer id.
    pub customer: String,
}

impl Effect for ReviewRequest {
    const EXECUTOR: Executor = Executor::Messages;

    fn target(&self) -> String {
        format!("customer:{}", self.customer)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.recipients = Some(1);
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { order, .. } = self;
        lang.pick(
            format!("Ask for a review of order {order}"),
            format!("Om een beoordeling van bestelling {order} vragen"),
        )
    }
}

/// Answers a review in public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReviewReply {
    /// Which review.
    pub review: String,
    /// Shop's customer id, where the writer is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub customer: Option<String>,
    /// Text.
    pub body: String,
    /// Topics it touches, found by our own check.
    pub topics: Vec<String>,
}

impl Effect for ReviewReply {
    const EXECUTOR: Executor = Executor::Messages;

    fn target(&self) -> String {
        format!("review:{}", self.review)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.recipients = Some(1);
        facts.topics.clone_from(&self.topics);
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { review, .. } = self;
        lang.pick(format!("Answer review {review}"), format!("Beoordeling {review} beantwoorden"))
    }
}

/// Sends a mail to a segment of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct EmailSend {
    /// Which mail.
    pub template: String,
    /// To whom.
    pub segment: String,
    /// How many people.
    pub recipients: u32,
}

impl Effect for EmailSend {
    const EXECUTOR: Executor = Executor::Messages;

    fn target(&self) -> String {
        format!("segment:{}", self.segment)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.recipients = Some(i64::from(self.recipients));
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { template, segment, recipients } = self;
        lang.pick(
            format!("Send mail “{template}” to {recipients} people in “{segment}”"),
            format!("Mail “{template}” sturen aan {recipients} mensen in “{segment}”"),
        )
    }
}

/// Offers a customer a discount to come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RetentionOffer {
    /// Shop's customer id.
    pub customer: String,
    /// What it costs at the most.
    pub value: Money,
}

impl Effect for RetentionOffer {
    const EXECUTOR: Executor = Executor::Messages;

    fn target(&self) -> String {
        format!("customer:{}", self.customer)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.value)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.recipients = Some(1);
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { customer, value } = self;
        lang.pick(
            format!("Offer customer {customer} a discount of at most {value}"),
            format!("Klant {customer} een korting van hoogstens {value} aanbieden"),
        )
    }
}
