//! Every effect that the system can have on the outside world, as one typed enum.
//!
//! A payload holds semantic fields only: what will happen, never why. All of them enter the digest, so
//! that a person who approves one payload cannot be made to have approved another. A new action type is
//! a payload with its [`Effect`], a line in [`actions!`], a row in the policy table and an executor arm.

mod customer;
mod facts;
mod finance;
mod govern;
mod marketing;
mod product;

pub use customer::*;
pub use facts::Facts;
pub use finance::*;
pub use govern::*;
pub use marketing::*;
pub use product::*;

use crate::{
    money::Money,
    text::{self, Lang},
};
use serde::{Deserialize, Serialize};

/// The function that holds the credential an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Executor {
    /// The shop (Shopify).
    Storefront,
    /// Suppliers' order systems.
    Suppliers,
    /// Advertising platforms.
    Ads,
    /// Mail, chat and social messages.
    Messages,
    /// Our own books, goals and settings.
    Ledger,
}

impl Executor {
    /// The name of its function and queue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Storefront => "storefront",
            Self::Suppliers => "suppliers",
            Self::Ads => "ads",
            Self::Messages => "messages",
            Self::Ledger => "ledger",
        }
    }
}

/// What can be done about an action after it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reversibility {
    /// Another action restores the state before.
    Reversible,
    /// It cannot be unmade, but a follow-up makes it good (a sent reply, a paid refund).
    Correctable,
    /// Nothing makes it good: always a person's decision.
    Irreversible,
}

/// What every payload says about itself.
pub trait Effect {
    /// The function that carries it out.
    const EXECUTOR: Executor;
    /// What can be done about it afterwards.
    const REVERSIBILITY: Reversibility = Reversibility::Correctable;

    /// What it acts on, such as `product:acme/sku-1`; similar actions are summed per target.
    fn target(&self) -> String;

    /// The money that it moves or commits, where it does.
    fn amount(&self) -> Option<Money> {
        None
    }

    /// The action that restores the state before, where one exists.
    fn inverse(&self) -> Option<Action> {
        None
    }

    /// Adds the fields that policy rules read.
    fn tell(&self, _facts: &mut Facts) {}

    /// One sentence for people that says exactly what will happen.
    fn sentence(&self, lang: Lang) -> String;
}

macro_rules! actions {
    ($($name:ident = $wire:literal),+ $(,)?) => {
        /// An action: its type and its semantic fields.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub enum Action {$(
            #[doc = concat!("`", $wire, "`")]
            #[serde(rename = $wire)]
            $name($name),
        )+}

        $(impl From<$name> for Action {
            fn from(payload: $name) -> Self {
                Self::$name(payload)
            }
        })+

        impl Action {
            /// The wire names of all action types.
            pub const KINDS: &'static [&'static str] = &[$($wire),+];

            /// The wire name of the type, such as `price.change`.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {$(Self::$name(_) => $wire,)+}
            }

            /// The function that carries it out.
            #[must_use]
            pub const fn executor(&self) -> Executor {
                match self {$(Self::$name(_) => $name::EXECUTOR,)+}
            }

            /// What can be done about it afterwards.
            #[must_use]
            pub const fn reversibility(&self) -> Reversibility {
                match self {$(Self::$name(_) => $name::REVERSIBILITY,)+}
            }

            fn effect(&self) -> &dyn Told {
                match self {$(Self::$name(payload) => payload,)+}
            }
        }
    };
}

actions! {
    BudgetAdjust = "budget.adjust",
    AdVariantStart = "ad.variant.start",
    CampaignLaunch = "campaign.launch",
    CampaignScale = "campaign.scale",
    CampaignPause = "campaign.pause",
    InventoryRestock = "inventory.restock",
    InventorySet = "inventory.set",
    PriceChange = "price.change",
    ProductPublish = "product.publish",
    ProductUnpublish = "product.unpublish",
    SupplierOnboard = "supplier.onboard",
    SupplierFlag = "supplier.flag",
    SupportReply = "support.reply",
    RefundIssue = "refund.issue",
    CompensationOffer = "compensation.offer",
    ReviewRequest = "review.request",
    ReviewReply = "review.reply",
    EmailSend = "email.send",
    RetentionOffer = "retention.offer",
    ContentPublish = "content.publish",
    InfluencerContact = "influencer.contact",
    OrderFulfill = "order.fulfill",
    OrderShip = "order.ship",
    OrderTrack = "order.track",
    OrderHold = "order.hold",
    OrderRelease = "order.release",
    OrderCancel = "order.cancel",
    ExpensePay = "expense.pay",
    TaxReportFile = "tax.report.file",
    GoalSet = "goal.set",
    StrategyPivot = "strategy.pivot",
    MarketEnter = "market.enter",
    PolicyPublish = "policy.publish",
    ControlResume = "control.resume",
    AccessGrant = "access.grant",
}

/// The part of [`Effect`] that can be called without knowing the payload's type.
trait Told {
    fn target(&self) -> String;
    fn amount(&self) -> Option<Money>;
    fn inverse(&self) -> Option<Action>;
    fn tell(&self, facts: &mut Facts);
    fn sentence(&self, lang: Lang) -> String;
}

impl<E: Effect> Told for E {
    fn target(&self) -> String {
        Effect::target(self)
    }

    fn amount(&self) -> Option<Money> {
        Effect::amount(self)
    }

    fn inverse(&self) -> Option<Action> {
        Effect::inverse(self)
    }

    fn tell(&self, facts: &mut Facts) {
        Effect::tell(self, facts);
    }

    fn sentence(&self, lang: Lang) -> String {
        Effect::sentence(self, lang)
    }
}

impl Action {
    /// What it acts on, such as `product:acme/sku-1`.
    #[must_use]
    pub fn target(&self) -> String {
        self.effect().target()
    }

    /// The money that it moves or commits, where it does.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        self.effect().amount()
    }

    /// The action that restores the state before, where one exists.
    #[must_use]
    pub fn inverse(&self) -> Option<Action> {
        self.effect().inverse()
    }

    /// One sentence for people that says exactly what will happen, with nothing in it that cannot be seen.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        text::visible(&self.effect().sentence(lang))
    }

    /// The typed facts that policy rules read from the action itself.
    ///
    /// Only what the executor will carry out: nothing here is an agent's opinion.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let amount = self.amount();
        let mut facts = Facts {
            kind: self.kind().to_owned(),
            target: self.target(),
            irreversible: self.reversibility() == Reversibility::Irreversible,
            amount_cents: amount.as_ref().and_then(Money::cents),
            currency: amount.map(|money| money.currency().to_string()),
            ..Facts::default()
        };
        self.effect().tell(&mut facts);
        facts
    }
}
