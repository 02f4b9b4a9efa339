use super::*;
use async_trait::async_trait;
use std::{
    io,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Secrets Manager, the clock and the random source of a test, all under its control.
#[derive(Default)]
struct World {
    stored: Mutex<Option<&'static str>>,
    unreachable: Mutex<bool>,
    fetches: AtomicUsize,
    seconds: AtomicU64,
}

impl World {
    fn storing(secret: &'static str) -> Arc<Self> {
        let world = Self::default();
        world.store(Some(secret));
        Arc::new(world)
    }

    fn secrets(self: &Arc<Self>) -> Secrets {
        Secrets::from_parts(BTreeMap::new(), self.clone(), self.clone(), self.clone())
    }

    fn store(&self, secret: Option<&'static str>) {
        *self.stored.lock().unwrap() = secret;
    }

    fn reachable(&self, reachable: bool) {
        *self.unreachable.lock().unwrap() = !reachable;
    }

    fn pass(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Vault for World {
    async fn fetch(&self, _id: &str) -> Result<Option<Secret>, String> {
        self.fetches.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
        match *self.unreachable.lock().unwrap() {
            true => Err("timed out".to_owned()),
            false => Ok(self.stored.lock().unwrap().and_then(Secret::new)),
        }
    }
}

impl Clock for World {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::from_secs(self.seconds.load(Ordering::Relaxed))
    }
}

impl Rng for World {
    fn up_to(&self, most: Duration) -> Duration {
        most / 2
    }
}

async fn value(secrets: &Secrets) -> Result<String, SecretError> {
    let secret = secrets.get("shopify-token").await?;
    Ok(secret.expose().to_owned())
}

#[tokio::test]
async fn a_secret_is_fetched_once_and_again_after_its_time() {
    let world = World::storing("one");
    let secrets = world.secrets();
    for (seconds, fetches) in [(0, 1), (269, 1), (1, 2), (269, 2), (1, 3)] {
        world.pass(seconds);
        assert_eq!(value(&secrets).await.unwrap(), "one");
        assert_eq!(world.fetches(), fetches, "after {seconds} s more");
    }
}

#[tokio::test]
async fn a_rotated_secret_arrives_without_a_restart() {
    let world = World::storing("one");
    let secrets = world.secrets();
    assert_eq!(value(&secrets).await.unwrap(), "one");
    world.store(Some("two"));
    assert_eq!(value(&secrets).await.unwrap(), "one");
    secrets.invalidate("shopify-token");
    assert_eq!(value(&secrets).await.unwrap(), "two");
    world.store(Some("three"));
    world.pass(300);
    assert_eq!(value(&secrets).await.unwrap(), "three");
}

#[tokio::test]
async fn the_known_value_stays_while_secrets_manager_is_unreachable() {
    let world = World::storing("one");
    let secrets = world.secrets();
    value(&secrets).await.unwrap();
    world.store(Some("two"));
    world.reachable(false);
    for (seconds, fetches) in [(300, 2), (29, 2), (1, 3)] {
        world.pass(seconds);
        assert_eq!(value(&secrets).await.unwrap(), "one");
        assert_eq!(world.fetches(), fetches, "after {seconds} s more");
    }
    world.reachable(true);
    world.pass(30);
    assert_eq!(value(&secrets).await.unwrap(), "two");
}

#[tokio::test]
async fn a_refused_value_is_not_used_again_while_secrets_manager_is_unreachable() {
    let world = World::storing("one");
    let secrets = world.secrets();
    value(&secrets).await.unwrap();
    secrets.invalidate("shopify-token");
    world.reachable(false);
    let error = value(&secrets).await.unwrap_err();
    assert_eq!(error.to_string(), "secret `shopify-token` cannot be read now: timed out");
    world.reachable(true);
    assert_eq!(value(&secrets).await.unwrap(), "one");
}

#[tokio::test]
async fn a_secret_that_does_not_exist_is_missing_until_it_is_stored() {
    let world = Arc::new(World::default());
    let secrets = world.secrets();
    let error = value(&secrets).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no secret `shopify-token`: set `ROYAL_SECRET_SHOPIFY_TOKEN` or store `royal/shopify-token` in Secrets Manager"
    );
    value(&secrets).await.unwrap_err();
    assert_eq!(world.fetches(), 1);
    world.store(Some("one"));
    world.pass(300);
    assert_eq!(value(&secrets).await.unwrap(), "one");
    world.store(None);
    world.pass(300);
    assert_eq!(value(&secrets).await.unwrap_err(), error);
}

#[tokio::test]
async fn callers_at_the_same_time_cause_one_fetch() {
    let world = World::storing("one");
    let secrets = world.secrets();
    let (a, b, c) = tokio::join!(value(&secrets), value(&secrets), value(&secrets));
    assert_eq!([a, b, c].map(Result::unwrap), ["one", "one", "one"]);
    assert_eq!(world.fetches(), 1);
}

#[tokio::test]
async fn given_secrets_come_first_and_empty_ones_count_as_not_given() {
    let world = World::storing("stored");
    let given = [("shopify-token", " given\n"), ("feed-token", "")];
    let mut secrets = Secrets::given(given, world.clone());
    secrets.vault = world.clone();
    for (name, expected) in [("shopify-token", "given"), ("feed-token", "stored")] {
        assert_eq!(secrets.get(name).await.unwrap().expose(), expected);
    }
    secrets.invalidate("shopify-token");
    assert_eq!(value(&secrets).await.unwrap(), "given");
}

#[tokio::test]
async fn without_secrets_manager_what_is_not_given_is_missing() {
    let secrets = Secrets::given([("a", "b")], Arc::new(World::default()));
    assert!(matches!(value(&secrets).await, Err(SecretError::Missing { .. })));
    let elsewhere = Secrets { shelf: "royal/staging/".to_owned(), ..secrets };
    let missing = value(&elsewhere).await.unwrap_err().to_string();
    assert!(missing.contains("store `royal/staging/shopify-token` in Secrets Manager"), "{missing}");
}

#[test]
fn a_secret_never_shows_itself_and_its_memory_is_overwritten() {
    const fn overwritten<T: ZeroizeOnDrop>() {}
    const { overwritten::<Zeroizing<String>>() };
    let secret = Secret::new("shpat_1").unwrap();
    assert_eq!(format!("{secret} {secret:?} {:#?}", Some(&secret)), "[redacted] [redacted] Some(\n    [redacted],\n)");
}

#[test]
fn a_secret_has_its_variable() {
    assert_eq!(variable("shopify-token"), "ROYAL_SECRET_SHOPIFY_TOKEN");
}

/// What is logged, as one text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_failing_refresh_is_logged_once_per_outage() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let world = World::storing("one");
    let secrets = world.secrets();
    value(&secrets).await.unwrap();
    for outage in 1..=2 {
        world.reachable(false);
        for _ in 0..3 {
            world.pass(300);
            value(&secrets).await.unwrap();
        }
        world.reachable(true);
        world.pass(300);
        value(&secrets).await.unwrap();
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.matches("could not be refreshed").count(), outage, "{text}");
        assert!(!text.contains("one"), "{text}");
    }
}
