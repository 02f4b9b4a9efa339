//! Actions of the marketing cluster.

use super::{Action, Effect, Executor, Facts, Reversibility};
use crate::{money::Money, text::Lang};
use serde::{Deserialize, Serialize};

/// Changes a daily budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BudgetAdjust {
    /// Which budget, such as `campaign:spring`.
    pub budget: String,
    /// Daily budget now.
    pub from: Money,
    /// Daily budget afterwards.
    pub to: Money,
}

impl Effect for BudgetAdjust {
    const EXECUTOR: Executor = Executor::Ads;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("budget:{}", self.budget)
    }

    fn amount(&self) -> Option<Money> {
        self.to.minus(&self.from).map(Money::abs).ok()
    }

    fn inverse(&self) -> Option<Action> {
        Some(Self { from: self.to, to: self.from, ..self.clone() }.into())
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { budget, from, to } = self;
        lang.pick(
            format!("Change the daily budget {budget} from {from} to {to}"),
            format!("Het dagbudget {budget} wijzigen van {from} naar {to}"),
        )
    }
}

/// Starts an advertisement variant inside a running campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AdVariantStart {
    /// Campaign's name, unique in the store.
    pub campaign: String,
    /// Advertising platform, such as `meta`.
    pub platform: String,
    /// Key of the creative.
    pub creative: String,
    /// What the variant may spend a day, out of the campaign's budget.
    pub budget: Money,
}

impl Effect for AdVariantStart {
    const EXECUTOR: Executor = Executor::Ads;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("campaign:{}", self.campaign)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.budget)
    }

    fn inverse(&self) -> Option<Action> {
        Some(
            CampaignPause {
                campaign: format!("{}/{}", self.campaign, self.creative),
                platform: self.platform.clone(),
                daily_budget: self.budget,
            }
            .into(),
        )
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { campaign, platform, creative, budget } = self;
        lang.pick(
            format!("Start variant “{creative}” in campaign “{campaign}” on {platform}, at most {budget} a day"),
            format!("Variant “{creative}” starten in campagne “{campaign}” op {platform}, hoogstens {budget} per dag"),
        )
    }
}

/// Starts a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CampaignLaunch {
    /// Campaign's name, unique in the store.
    pub campaign: String,
    /// Advertising platform, such as `meta`.
    pub platform: String,
    /// What it may spend a day.
    pub daily_budget: Money,
    /// What it may spend in all.
    pub total_budget: Money,
    /// What it advertises.
    pub product: String,
}

impl Effect for CampaignLaunch {
    const EXECUTOR: Executor = Executor::Ads;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("campaign:{}", self.campaign)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.total_budget)
    }

    fn inverse(&self) -> Option<Action> {
        Some(
            CampaignPause {
                campaign: self.campaign.clone(),
                platform: self.platform.clone(),
                daily_budget: self.daily_budget,
            }
            .into(),
        )
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { campaign, platform, daily_budget, total_budget, product } = self;
        lang.pick(
            format!("Launch campaign “{campaign}” for {product} on {platform}: {daily_budget} a day, {total_budget} in all"),
            format!("Campagne “{campaign}” voor {product} starten op {platform}: {daily_budget} per dag, {total_budget} in totaal"),
        )
    }
}

/// Changes a running campaign's daily budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CampaignScale {
    /// Campaign's name, unique in the store.
    pub campaign: String,
    /// Advertising platform, such as `meta`.
    pub platform: String,
    /// Daily budget now.
    pub from: Money,
    /// Daily budget afterwards.
    pub to: Money,
}

impl Effect for CampaignScale {
    const EXECUTOR: Executor = Executor::Ads;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("campaign:{}", self.campaign)
    }

    fn amount(&self) -> Option<Money> {
        increase(&self.from, &self.to)
    }

    fn inverse(&self) -> Option<Action> {
        Some(Self { from: self.to, to: self.from, ..self.clone() }.into())
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { campaign, platform, from, to } = self;
        lang.pick(
            format!("Change the daily budget of campaign “{campaign}” on {platform} from {from} to {to}"),
            format!("Het dagbudget van campagne “{campaign}” op {platform} wijzigen van {from} naar {to}"),
        )
    }
}

/// Pauses a campaign: it spends nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CampaignPause {
    /// Campaign's name, unique in the store.
    pub campaign: String,
    /// Advertising platform, such as `meta`.
    pub platform: String,
    /// Daily budget at the pause, restored by its inverse.
    pub daily_budget: Money,
}

impl Effect for CampaignPause {
    const EXECUTOR: Executor = Executor::Ads;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("campaign:{}", self.campaign)
    }

    fn inverse(&self) -> Option<Action> {
        let from = self.daily_budget.zero();
        Some(
            CampaignScale {
                campaign: self.campaign.clone(),
                platform: self.platform.clone(),
                from,
                to: self.daily_budget,
            }
            .into(),
        )
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { campaign, platform, .. } = self;
        lang.pick(
            format!("Pause campaign “{campaign}” on {platform}"),
            format!("Campagne “{campaign}” op {platform} pauzeren"),
        )
    }
}

/// Publishes a text on the shop's blog or a social channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContentPublish {
    /// Where, such as `blog` or `instagram`.
    pub channel: String,
    /// Its key on that channel.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
    /// Topics it touches, found by our own check.
    pub topics: Vec<String>,
}

impl Effect for ContentPublish {
    const EXECUTOR: Executor = Executor::Messages;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("content:{}:{}", self.channel, self.slug)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.topics.clone_from(&self.topics);
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { channel, title, .. } = self;
        lang.pick(format!("Publish “{title}” on {channel}"), format!("“{title}” publiceren op {channel}"))
    }
}

/// Writes to an influencer, with or without an offer of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct InfluencerContact {
    /// Whom.
    pub handle: String,
    /// Text.
    pub message: String,
    /// What is offered, if anything.
    pub fee: Option<Money>,
}

impl Effect for InfluencerContact {
    const EXECUTOR: Executor = Executor::Messages;

    fn target(&self) -> String {
        format!("influencer:{}", self.handle)
    }

    fn amount(&self) -> Option<Money> {
        self.fee
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { handle, .. } = self;
        lang.pick(format!("Write to influencer {handle}"), format!("Influencer {handle} aanschrijven"))
    }
}

/// What a new daily budget adds; nothing when it falls.
fn increase(from: &Money, to: &Money) -> Option<Money> {
    let more = to.minus(from).ok()?;
    Some(if more.amount().is_sign_negative() { more.zero() } else { more })
}
