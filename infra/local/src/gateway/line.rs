//! One open WebSocket.

use super::{Gateway, LARGEST, event::Connection};
use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures::{
    SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use runtime::Clock as _;
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};
use time::OffsetDateTime;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep, sleep_until, timeout},
};

/// How long nothing may be said in either direction.
const IDLE: Duration = Duration::from_secs(600);
/// How long a connection may last.
const LONGEST: Duration = Duration::from_secs(7200);
/// Messages that wait for a slow reader.
const WAITING: usize = 128;
/// How long a message waits for a place among those.
const PATIENCE: Duration = Duration::from_secs(2);

/// What goes out.
enum Out {
    Text(String),
    Close(u16, &'static str),
}

/// An open connection, from the other side.
pub(super) struct Line {
    out: mpsc::Sender<Out>,
    pub(super) since: OffsetDateTime,
    pub(super) active: OffsetDateTime,
    spoke: Instant,
}

/// Why something was not sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unsent {
    Gone,
    Slow,
}

/// All open connections by id.
#[derive(Default)]
pub(super) struct Lines(Mutex<HashMap<String, Line>>);

impl Lines {
    pub(super) fn lock(&self) -> MutexGuard<'_, HashMap<String, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a text.
    pub(super) async fn send(&self, id: &str, text: String, now: OffsetDateTime) -> Result<(), Unsent> {
        let out = self.touch(id, now).ok_or(Unsent::Gone)?;
        let sent = timeout(PATIENCE, out.send(Out::Text(text))).await;
        sent.map_err(|_| Unsent::Slow)?.map_err(|_| Unsent::Gone)
    }

    /// Ends a connection.
    pub(super) async fn close(&self, id: &str) -> Result<(), Unsent> {
        let line = self.lock().remove(id).ok_or(Unsent::Gone)?;
        let sent = timeout(PATIENCE, line.out.send(Out::Close(close_code::NORMAL, ""))).await;
        sent.map_err(|_| Unsent::Slow)?.map_err(|_| Unsent::Gone)
    }

    fn touch(&self, id: &str, now: OffsetDateTime) -> Option<mpsc::Sender<Out>> {
        let mut lines = self.lock();
        let line = lines.get_mut(id)?;
        (line.active, line.spoke) = (now, Instant::now());
        Some(line.out.clone())
    }

    /// When the line falls idle, if nothing more is said; nothing if it was closed.
    fn idle_at(&self, id: &str) -> Option<Instant> {
        self.lock().get(id).map(|line| line.spoke + IDLE)
    }
}

impl Line {
    /// Carries messages both ways until either side ends it.
    pub(super) async fn serve(gateway: Gateway, connection: Connection, socket: WebSocket) {
        let (out, outgoing) = mpsc::channel(WAITING);
        let (since, spoke) = (connection.since, Instant::now());
        let line = Self { out: out.clone(), since, active: since, spoke };
        gateway.0.lines.lock().insert(connection.id.clone(), line);
        let (sink, stream) = socket.split();
        let end = OnceLock::new();
        let hear = async {
            let (code, reason) = hear(&gateway, &connection, stream).await;
            let _first = end.set((code, reason));
            // The other side is told as well, which must not take for ever.
            let _told = timeout(PATIENCE, out.send(Out::Close(code, reason))).await;
            sleep(PATIENCE).await;
        };
        tokio::select! {
            () = say(sink, outgoing) => {}
            () = hear => {}
        }
        let (code, reason) = end.get().copied().unwrap_or((close_code::NORMAL, "closed"));
        gateway.0.lines.lock().remove(&connection.id);
        if let Err(error) = gateway.0.handler.invoke(connection.disconnect(code, reason)).await {
            tracing::warn!(error, "the function was not told that a connection ended");
        }
    }
}

/// Hands every message to the function, and returns how it ended.
async fn hear(gateway: &Gateway, connection: &Connection, mut stream: SplitStream<WebSocket>) -> (u16, &'static str) {
    let end = Instant::now() + LONGEST;
    loop {
        let Some(idle) = gateway.0.lines.idle_at(&connection.id) else {
            return (close_code::NORMAL, "closed");
        };
        let message = tokio::select! {
            message = stream.next() => message,
            () = sleep_until(end) => return (close_code::AWAY, "Connection Duration Limit Exceeded"),
            () = sleep_until(idle) => match gateway.0.lines.idle_at(&connection.id) {
                Some(later) if later > Instant::now() => continue,
                _ => return (close_code::AWAY, "Idle Timeout"),
            },
        };
        match message {
            Some(Ok(Message::Text(text))) if text.len() > LARGEST => return (close_code::SIZE, "message too big"),
            Some(Ok(Message::Text(text))) => said(gateway, connection, &text).await,
            Some(Ok(Message::Binary(_))) => return (close_code::UNSUPPORTED, "binary data is not supported"),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Err(_)) => return (close_code::SIZE, "no message, or one that is far too big"),
            Some(Ok(Message::Close(_))) | None => return (close_code::NORMAL, "Client-side close frame"),
        }
    }
}

async fn said(gateway: &Gateway, connection: &Connection, text: &str) {
    let now = gateway.0.time.now();
    gateway.0.lines.touch(&connection.id, now);
    if let Err(error) = gateway.0.handler.invoke(connection.message(text)).await {
        tracing::warn!(error, "a message was not handled");
        let answer = json!({
            "message": "Internal server error", "connectionId": connection.id, "requestId": connection.id,
        });
        // Whoever is gone does not need it.
        let _gone = gateway.0.lines.send(&connection.id, answer.to_string(), now).await;
    }
}

/// Sends what is to go out, until the end is to go out.
async fn say(mut sink: SplitSink<WebSocket, Message>, mut outgoing: mpsc::Receiver<Out>) {
    while let Some(out) = outgoing.recv().await {
        let (message, ends) = match out {
            Out::Text(text) => (Message::Text(text.into()), false),
            Out::Close(code, reason) => (Message::Close(Some(CloseFrame { code, reason: reason.into() })), true),
        };
        if sink.send(message).await.is_err() || ends {
            return;
        }
    }
}
