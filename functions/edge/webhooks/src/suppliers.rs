//! Callbacks of suppliers and carriers: each has its own way to sign and to say things, which `supply` knows.

use crate::{
    door::Request,
    keep::{keep, unset},
    problem::{Kind, Problem},
};
use runtime::Env;
use store::news::Accepted;
use supply::callback::{Rejected, Sender};

/// Takes what the supplier `name` tells.
pub(crate) async fn take(env: &Env, name: &str, request: &Request) -> Result<Accepted, Problem> {
    let sender = Sender::named(name).ok_or_else(|| Problem::new(Kind::NotFound, "no such supplier calls here"))?;
    let secret = env.secrets().get(sender.secret()).await.map_err(unset)?;
    let signature = request.headers.get(sender.header()).map(String::as_str);
    let news = sender.read(secret.expose(), signature, &request.body, env.clock().now()).map_err(rejected)?;
    keep(env, &news, None).await
}

fn rejected(why: Rejected) -> Problem {
    let kind = match why {
        Rejected::Signature => Kind::Signature,
        Rejected::Malformed(_) => Kind::Syntax,
    };
    Problem::new(kind, why.to_string())
}
