//! People who watch: a real WebSocket, from the browser's request to the event.

use crate::{feed::Row, world::World};
use domain::Role;
use futures::{SinkExt as _, StreamExt as _, stream::SplitSink};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpStream, task::JoinHandle};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _},
};

const REQUESTS: [&str; 3] = ["approval:required", "approval:decided", "action:executed"];

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Somebody who watches.
struct Ear {
    sink: SplitSink<Socket, Message>,
    heard: Arc<Mutex<Vec<Value>>>,
    /// Ends when the connection does; the close code, if there was one.
    reader: JoinHandle<Option<u16>>,
}

impl Ear {
    /// Connects with this token, or says with which status that was refused.
    async fn open(world: &World, token: Option<&str>) -> Result<Self, u16> {
        let url = format!("{}/live", world.stack().servers().api_url().replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        if let Some(token) = token {
            let offer = format!("royal.live, bearer.{token}").parse().unwrap();
            request.headers_mut().insert("sec-websocket-protocol", offer);
        }
        let (socket, answer) = match connect_async(request).await {
            Ok(open) => open,
            Err(Error::Http(answer)) => return Err(answer.status().as_u16()),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(answer.headers()["sec-websocket-protocol"], "royal.live");
        let (sink, mut stream) = socket.split();
        let heard: Arc<Mutex<Vec<Value>>> = Arc::default();
        let hearing = Arc::clone(&heard);
        #[allow(clippy::disallowed_methods, reason = "a test is no Lambda function: nothing freezes its tasks")]
        let reader = tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                match message {
                    Message::Text(text) => hearing.lock().unwrap().push(serde_json::from_str(&text).unwrap()),
                    Message::Close(frame) => return frame.map(|frame| frame.code.into()),
                    _ => {}
                }
            }
            None
        });
        Ok(Self { sink, heard, reader })
    }

    async fn of(world: &World, role: Role) -> Self {
        Self::open(world, Some(&token(world, role))).await.unwrap()
    }

    async fn say(&mut self, message: impl ToString) {
        self.sink.send(Message::text(message.to_string())).await.unwrap();
    }

    /// Says it, and returns the answer.
    async fn ask(&mut self, world: &World, message: impl ToString) -> Value {
        let before = self.heard().len();
        self.say(message).await;
        world.until("it is answered", async |_| self.heard().get(before).cloned()).await
    }

    fn heard(&self) -> Vec<Value> {
        self.heard.lock().unwrap().clone()
    }

    fn events(&self) -> Vec<(String, String)> {
        let heard = self.heard().into_iter().filter(|message| message["id"].is_string());
        let text = |message: &Value, name: &str| message[name].as_str().unwrap().to_owned();
        heard.map(|message| (text(&message, "id"), text(&message, "topic"))).collect()
    }

    fn topics(&self) -> Vec<String> {
        self.events().into_iter().map(|(_, topic)| topic).collect()
    }

    async fn hears(&self, world: &World, topic: &str) -> Value {
        let of = |message: &Value| message["topic"] == topic;
        world.until(&format!("{topic} is told"), async |_| self.heard().into_iter().find(of)).await
    }
}

/// The cable is pulled.
impl Drop for Ear {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

fn token(world: &World, role: Role) -> String {
    world.stack().servers().issuer().unwrap().token(&format!("{role}@sandbox.example"), &[role]).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_told_as_it_is_opened_and_whoever_lost_the_connection_goes_on_without_loss_or_doubles() {
    let world = World::of(&[Row::restricted("knife")]).await;
    let mut owner = Ear::of(&world, Role::Owner).await;
    let answer = owner.ask(&world, json!({ "subscribe": REQUESTS })).await;
    assert_eq!(answer["subscribed"].as_array().unwrap().len(), 3, "{answer}");
    let mut support = Ear::of(&world, Role::Support).await;
    let refused = support.ask(&world, json!({ "subscribe": ["approval:required", "ceo:decision"] })).await;
    assert!(refused["error"]["reason"].as_str().unwrap().contains("`ceo:decision`"), "{refused}");

    world.scout().await;
    let told = owner.hears(&world, "approval:required").await;
    let card = world.card().await;
    assert_eq!((&told["data"]["action"], &told["data"]["status"]), (&card["id"], &json!("PENDING")), "{told}");
    let last = owner.events().last().unwrap().0.clone();
    drop(owner);

    let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
    let body = json!({ "digest": card["digest"], "reason": "a test" });
    let (status, answer) = world.api(Role::Owner, Method::POST, &path, Some(body)).await;
    assert_eq!(status, 200, "{answer:#}");
    world.until("it is executed", async |w| (w.mirror.count("ACTION", "EXECUTED") == 1).then_some(())).await;
    world.settle().await;

    let mut again = Ear::of(&world, Role::Owner).await;
    again.say(json!({ "subscribe": REQUESTS, "after": last })).await;
    again.hears(&world, "action:executed").await;
    world.settle().await;
    assert_eq!(again.topics(), ["approval:decided", "action:executed"]);
    assert!(again.events().iter().all(|(id, _)| *id > last) && again.events().is_sorted());
    assert!(!again.heard().contains(&json!({ "gap": true })));
    assert_eq!(support.heard().len(), 1, "nothing but the refusal: {:?}", support.heard());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_tells_what_it_had_not_told_when_it_is_back() {
    let mut world = World::of(&[Row::restricted("knife"), Row::restricted("axe")]).await;
    let mut before = Ear::of(&world, Role::Finance).await;
    let from = before.ask(&world, json!({ "subscribe": REQUESTS })).await["after"].as_str().unwrap().to_owned();
    world.scout().await;
    before.hears(&world, "approval:required").await;
    // What it hears until the line is cut, it has heard.
    world.kill().await;
    let (heard, last) = (before.topics().len(), before.events().last().unwrap().0.clone());
    world.start().await;
    world.until("both wait", async |w| (w.mirror.count("ACTION", "PENDING") == 2).then_some(())).await;
    let mut after = Ear::of(&world, Role::Finance).await;
    after.say(json!({ "subscribe": REQUESTS, "after": last })).await;
    world.until("the rest is told", async |_| (heard + after.topics().len() >= 2).then_some(())).await;
    let mut all = Ear::of(&world, Role::Finance).await;
    all.say(json!({ "subscribe": REQUESTS, "after": from })).await;
    world.until("all is told again", async |_| (all.topics().len() >= 2).then_some(())).await;
    // Longer than a message stays hidden that the killed process had in hand.
    world.pass(Duration::from_secs(600)).await;
    let mut both = before.events();
    both.extend(after.events());
    assert_eq!(both, all.events(), "once each, in one order");
    assert_eq!(both.len(), 2);
    assert!(world.dead_letters().await.iter().all(|(queue, _)| queue != "live"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_brings_no_good_token_is_refused_before_the_line_is_open() {
    let world = World::of(&[]).await;
    let good = token(&world, Role::Owner);
    let (head, signature) = good.rsplit_once('.').unwrap();
    let mut other = signature.to_owned();
    other.replace_range(..1, if other.starts_with('A') { "B" } else { "A" });
    let cases = [
        ("none", None, 401),
        ("nonsense", Some("nonsense".to_owned()), 401),
        ("a changed signature", Some(format!("{head}.{other}")), 401),
        ("a machine's", Some(token(&world, Role::Agent)), 403),
    ];
    for (what, token, status) in cases {
        assert_eq!(Ear::open(&world, token.as_deref()).await.err(), Some(status), "{what}");
    }
    world.clock.advance(Duration::from_secs(7 * 24 * 3600));
    assert_eq!(Ear::open(&world, Some(&good)).await.err(), Some(401), "an ended one");
    Ear::of(&world, Role::Owner).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_messages_are_answered_and_survived() {
    let world = World::of(&[]).await;
    let mut ear = Ear::of(&world, Role::Owner).await;
    for (message, field) in [
        ("not json".to_owned(), "message"),
        ("[".repeat(100_000), "message"),
        (json!({ "subscribe": ["secrets"] }).to_string(), "subscribe"),
        (json!({ "subscribe": "everything" }).to_string(), "subscribe"),
        (json!({ "subscribe": ["approval:required"], "after": "../../etc" }).to_string(), "after"),
        ("\u{0}\u{202e}{}".to_owned(), "message"),
    ] {
        let answer = ear.ask(&world, &message).await;
        let message: String = message.chars().take(60).collect();
        assert_eq!(answer["error"]["field"], field, "{message}: {answer}");
        assert!(answer["error"]["fix"].is_string(), "{message}: {answer}");
    }
    assert_eq!(ear.ask(&world, json!({ "ping": 1 })).await, json!({ "pong": 1 }));
    ear.say("x".repeat(200 * 1024)).await;
    let code = world.until("the large one ends the line", async |_| ear.reader.is_finished().then_some(())).await;
    assert_eq!((code, (&mut ear.reader).await.unwrap()), ((), Some(1009)));
    let mut next = Ear::of(&world, Role::Owner).await;
    next.sink.send(Message::binary(vec![0, 159, 146, 150])).await.unwrap();
    world.until("binary data ends the line", async |_| next.reader.is_finished().then_some(())).await;
    let mut last = Ear::of(&world, Role::Owner).await;
    assert_eq!(last.ask(&world, json!({ "ping": "still there" })).await, json!({ "pong": "still there" }));
    world.settle().await;
    assert_eq!(world.dead_letters().await, []);
}
