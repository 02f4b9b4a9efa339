//! What tests of this crate share: a clock that jumps, and a server that answers as it is told.

mod stub;
mod twin;

pub(crate) use stub::{Script, Stub, payload, quiet};
pub(crate) use twin::{Twin, action, key, listing};

use crate::{Client, Endpoint, Time, Token, TokenSource};
use async_trait::async_trait;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// Waiting takes no time, and is written down.
#[derive(Default)]
pub(crate) struct Jumps(Mutex<Vec<Duration>>);

impl Jumps {
    pub(crate) fn waited(&self) -> Vec<Duration> {
        self.0.lock().unwrap().clone()
    }
}

#[async_trait]
impl Time for Jumps {
    fn now(&self) -> Duration {
        self.waited().iter().sum()
    }

    async fn sleep(&self, wait: Duration) {
        self.0.lock().unwrap().push(wait);
    }

    fn spread(&self, _most: Duration) -> Duration {
        Duration::ZERO
    }
}

/// A client that talks to `address`, and its clock.
pub(crate) fn client(address: &str, tokens: Arc<dyn TokenSource>) -> (Client, Arc<Jumps>) {
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(20))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap();
    let time = Arc::new(Jumps::default());
    let client = Client::new(http, Endpoint::parse(address).unwrap(), tokens);
    (client.with_time(time.clone()), time)
}

/// A token that the stub does not look at.
pub(crate) fn token() -> Arc<dyn TokenSource> {
    Arc::new(Token::new("shpat_secret"))
}
