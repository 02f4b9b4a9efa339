//! What suppliers and carriers tell of their own accord: verified, and read into [`News`] without anything personal.
//!
//! The signature is checked over the bytes as they came, before anything of them is read. Each sender has its own
//! way: CJ signs with the account's `openId` and says it in Base64 (`sign`), Printful with a key that it gives in
//! hexadecimal digits and says it in such (`x-pf-webhook-signature`), AfterShip with a secret and in Base64
//! (`aftership-hmac-sha256`).

use crate::{Cj, Printful, State, cj, printful, sign, tracking::AfterShip};
use domain::{
    ActionId, News,
    news::{ParcelNews, Said},
    order::{ParcelState, Tracking},
};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// CJdropshipping.
    Cj,
    /// Printful.
    Printful,
    /// AfterShip.
    AfterShip,
}

/// Why a call is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// It is not signed, or not by who it says.
    #[error("the signature is missing or wrong")]
    Signature,
    /// It is signed and cannot be understood: the same will never be.
    #[error("the message cannot be understood: {0}")]
    Malformed(&'static str),
}

impl Sender {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Cj, Self::Printful, Self::AfterShip];

    /// Its name: the last part of the address that it calls.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cj => Cj::NAME,
            Self::Printful => Printful::NAME,
            Self::AfterShip => AfterShip::NAME,
        }
    }

    /// The sender of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sender| sender.name() == name)
    }

    /// Name of the secret that its calls are signed with.
    #[must_use]
    pub const fn secret(self) -> &'static str {
        match self {
            Self::Cj => Cj::CALLBACK_SECRET,
            Self::Printful => Printful::CALLBACK_SECRET,
            Self::AfterShip => AfterShip::CALLBACK_SECRET,
        }
    }

    /// Name of the header that the signature comes in, in lower case.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Cj => "sign",
            Self::Printful => "x-pf-webhook-signature",
            Self::AfterShip => "aftership-hmac-sha256",
        }
    }

    fn is_signed(self, secret: &str, body: &[u8], signature: &str) -> bool {
        match self {
            Self::Cj | Self::AfterShip => sign::base64(secret.as_bytes(), body, signature),
            Self::Printful => hex::decode(secret).is_ok_and(|key| sign::hexadecimal(&key, body, signature)),
        }
    }

    /// What a call says, once its signature is verified.
    ///
    /// # Errors
    /// When it is not signed, or cannot be understood.
    pub fn read(
        self,
        secret: &str,
        signature: Option<&str>,
        body: &[u8],
        received: OffsetDateTime,
    ) -> Result<News, Rejected> {
        if !signature.is_some_and(|signature| self.is_signed(secret, body, signature.trim())) {
            return Err(Rejected::Signature);
        }
        let body: Value = serde_json::from_slice(body).map_err(|_| Rejected::Malformed("it is no JSON"))?;
        let told = match self {
            Self::Cj => cj_told(&body),
            Self::Printful => printful_told(&body),
            Self::AfterShip => aftership_told(&body),
        }?;
        Ok(News {
            id: format!("{}:{}", self.name(), told.delivery),
            topic: told.topic,
            from: format!("supplier:{}", self.name()),
            triggered: told.at.unwrap_or(received),
            received,
            said: told
                .said
                .map_or(Said::Unused, |parcel| Said::Parcel(ParcelNews { supplier: self.name().to_owned(), ..parcel })),
        })
    }
}

/// What a message says, whoever sent it.
struct Told {
    delivery: String,
    topic: String,
    at: Option<OffsetDateTime>,
    said: Option<ParcelNews>,
}

fn text(body: &Value, place: &str) -> Option<String> {
    let value = body.pointer(place)?;
    let text = value.as_str().map_or_else(|| value.as_u64().map(|n| n.to_string()), |text| Some(text.to_owned()));
    text.filter(|text| !text.is_empty() && text.len() <= 200)
}

fn needed(body: &Value, place: &str, what: &'static str) -> Result<String, Rejected> {
    text(body, place).ok_or(Rejected::Malformed(what))
}

fn instant(body: &Value, place: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(&text(body, place)?, &Rfc3339).ok()
}

/// Nothing for a draft: only that something changed.
fn parcel(state: State) -> Option<ParcelState> {
    match state {
        State::Draft => None,
        State::Confirmed => Some(ParcelState::Placed),
        State::Shipped => Some(ParcelState::Shipped),
        State::Delivered => Some(ParcelState::Delivered),
        State::Failed => Some(ParcelState::Failed),
    }
}

fn news(number: String) -> ParcelNews {
    ParcelNews { supplier: String::new(), number, state: None, remote: None, tracking: None, reason: None }
}

/// `{messageId, type, params: {orderNumber, cjOrderId, orderStatus, logisticName, trackNumber}}`.
fn cj_told(body: &Value) -> Result<Told, Rejected> {
    let topic = needed(body, "/type", "it has no `type`")?;
    let number = text(body, "/params/orderNumber").filter(|_| topic == "ORDER");
    let said = number.map(|number| {
        let status = text(body, "/params/orderStatus").unwrap_or_default();
        let state = cj::state(&status);
        ParcelNews {
            state: parcel(state),
            remote: text(body, "/params/cjOrderId"),
            tracking: text(body, "/params/trackNumber").map(|number| Tracking {
                number,
                carrier: text(body, "/params/logisticName"),
                url: text(body, "/params/trackingUrl"),
            }),
            reason: (state == State::Failed).then(|| format!("the order is `{status}`")),
            ..news(number)
        }
    });
    let delivery = needed(body, "/messageId", "it has no `messageId`")?;
    Ok(Told { delivery, topic: topic.to_lowercase(), at: None, said })
}

/// `{type, occurred_at, retries, data: {order: {external_id, status}, shipment: {…}}}`. It has no id of its own: a
/// delivery that comes again is the same but for `retries`.
fn printful_told(body: &Value) -> Result<Told, Rejected> {
    let topic = needed(body, "/type", "it has no `type`")?;
    let number = text(body, "/data/order/external_id").or_else(|| text(body, "/data/shipment/order_external_id"));
    // Our number went there without its hyphens.
    let number = number.map(|text| text.parse::<ActionId>().map_or(text, |id| id.to_string()));
    let about = number.clone().or_else(|| text(body, "/data/order/id")).unwrap_or_default();
    let when = needed(body, "/occurred_at", "it has no `occurred_at`")?;
    let shipment = text(body, "/data/shipment/id").unwrap_or_default();
    let status = text(body, "/data/order/status");
    let state = match topic.as_str() {
        "shipment_sent" => Some(State::Shipped),
        "shipment_delivered" => Some(State::Delivered),
        "order_failed" | "order_canceled" | "shipment_out_of_stock" => Some(State::Failed),
        _ => status.as_deref().map(printful::state),
    };
    let said = number.map(|number| ParcelNews {
        state: state.and_then(parcel),
        remote: text(body, "/data/order/id").or_else(|| text(body, "/data/shipment/order_id")),
        tracking: text(body, "/data/shipment/tracking_url")
            .map(|url| printful::tracking(url, text(body, "/data/shipment/carrier"))),
        reason: (state == Some(State::Failed)).then(|| topic.replace('_', " ")),
        ..news(number)
    });
    let delivery = format!("{topic}:{about}:{shipment}:{when}");
    Ok(Told { delivery, topic, at: instant(body, "/occurred_at"), said })
}

/// `{event_id, event, msg: {order_id, tracking_number, slug, tag}}`; our number is the `order_id`.
fn aftership_told(body: &Value) -> Result<Told, Rejected> {
    let topic = needed(body, "/event", "it has no `event`")?;
    let number = text(body, "/msg/order_id").filter(|_| topic == "tracking_update");
    let said = number.map(|number| ParcelNews {
        state: text(body, "/msg/tag").and_then(|tag| crate::tracking::state(&tag)),
        tracking: text(body, "/msg/tracking_number").map(|number| Tracking {
            number,
            carrier: text(body, "/msg/slug"),
            url: text(body, "/msg/courier_tracking_link"),
        }),
        ..news(number)
    });
    let delivery = needed(body, "/event_id", "it has no `event_id`")?;
    let at = body.pointer("/ts").and_then(Value::as_i64);
    let at = at.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
    Ok(Told { delivery, topic, at, said })
}
