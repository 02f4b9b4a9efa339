use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// What the stub does with one request.
pub(crate) enum Script {
    /// Answers.
    Say(u16, Vec<(&'static str, &'static str)>, String),
    /// Reads the request and closes the connection.
    Drop,
    /// Answers half and closes the connection.
    Break,
}

impl Script {
    pub(crate) fn json(body: &Value) -> Self {
        Self::Say(200, Vec::new(), body.to_string())
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::Say(status, Vec::new(), "{\"errors\":\"no\"}".to_owned())
    }

    /// One error with a code and a path, and what stands under `data`.
    pub(crate) fn error(code: &str, path: &Value, data: &Value) -> Self {
        let error = json!({ "message": "no", "path": path, "extensions": { "code": code } });
        Self::json(&json!({ "data": data, "errors": [error] }))
    }
}

/// A payload under its root field, with a full bucket.
pub(crate) fn payload(root: &str, payload: Value) -> Script {
    Script::json(&json!({ "data": { root: payload } }))
}

/// A payload without user errors.
pub(crate) fn quiet(root: &str) -> Script {
    payload(root, json!({ "userErrors": [] }))
}

/// A server that goes through its script, one step per request, and notes what it was sent.
pub(crate) struct Stub {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<String>>>,
    _task: JoinSet<()>,
}

impl Stub {
    pub(crate) async fn start(script: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut task = JoinSet::new();
        let notes = seen.clone();
        task.spawn(async move {
            for step in script {
                let (stream, _) = listener.accept().await.unwrap();
                serve(stream, step, &notes).await;
            }
        });
        Self { address, seen, _task: task }
    }

    /// The requests so far, head and body.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, step: Script, seen: &Mutex<Vec<String>>) {
    let request = read(&mut stream).await;
    seen.lock().unwrap().push(request);
    let (status, headers, body, whole) = match step {
        Script::Drop => return,
        Script::Break => (200, Vec::new(), "{\"data\":{}}".to_owned(), false),
        Script::Say(status, headers, body) => (status, headers, body, true),
    };
    let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = if whole { body.as_str() } else { &body[..5] };
    let answer = format!("{head}\r\n{body}");
    stream.write_all(answer.as_bytes()).await.unwrap();
}

async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        let mut chunk = [0; 4096];
        let n = stream.read(&mut chunk).await.unwrap();
        assert_ne!(n, 0, "the request ended early: {text}");
        bytes.extend_from_slice(&chunk[..n]);
    }
}
