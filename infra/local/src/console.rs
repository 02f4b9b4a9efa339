//! The stack as a person runs it: what is printed, and what the flags mean.

use crate::{
    Args, Page,
    progress::Progress,
    shoppers,
    stack::{Settings, Stack},
    state::State,
};
use anyhow::{Context as _, Result, bail};
use std::{
    collections::BTreeMap,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where stock of our own goes in the sandbox.
const HOME: &str = "name=Royal Equips;address1=Kade 1;zip=2611 AA;city=Delft;country=NL";
/// How often the console looks at the policy files.
const LOOK: std::time::Duration = std::time::Duration::from_secs(1);

/// Prints one line for people.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed terminal must not stop the system.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Starts the stack, says what runs where, and waits for the interrupt.
pub(crate) async fn serve(args: Args) -> Result<()> {
    let started = std::time::Instant::now();
    let state = State::open(&args.state, args.fresh)?;
    runtime::telemetry::init_pretty(log(&args.state)?);
    let page = Page::of(root().join("functions/dashboard"));
    let mut stack = Stack::start(settings(&args, &state, &page)?).await?;
    let api = stack.servers().api_url();
    stack.watch("progress", Arc::new(Progress::new(api))).await?;
    banner(&args, &stack, started.elapsed().as_secs_f32());
    if !args.no_page {
        page.bring_up_to_date(say);
    }
    stack.wake("product-scout.hourly").await?;
    let shop = stack.servers().shop_url();
    tokio::select! {
        ended = until_interrupted(&stack) => ended?,
        () = shoppers::buy(&shop, args.orders, Arc::clone(stack.env().clock())) => {}
    }
    say("stopping: running work is finished first");
    stack.stop().await;
    Ok(())
}

/// Waits for the interrupt, and tells meanwhile when an edited policy is taken or refused.
async fn until_interrupted(stack: &Stack) -> Result<()> {
    let policy = stack.env().policy();
    let (mut problem, mut revision) = (policy.problem(), String::new());
    loop {
        tokio::select! {
            interrupt = tokio::signal::ctrl_c() => return interrupt.context("the interrupt cannot be awaited"),
            () = tokio::time::sleep(LOOK) => {}
        }
        let current = policy.current(stack.env().clock().now()).revision().to_owned();
        let now = policy.problem();
        if now != problem {
            say(&now
                .as_ref()
                .map_or_else(|| "policy     in order again".to_owned(), |why| format!("policy     NOT TAKEN: {why}")));
        } else if current != revision && !revision.is_empty() {
            say(&format!("policy     revision {} decides from now on", current.get(..12).unwrap_or(&current)));
        }
        (problem, revision) = (now, current);
    }
}

/// The file that takes the functions' own log lines.
fn log(folder: &Path) -> Result<File> {
    let path = folder.join("log");
    let file = File::options().create(true).append(true).open(&path);
    file.with_context(|| format!("log file `{}` cannot be written", path.display()))
}

fn banner(args: &Args, stack: &Stack, seconds: f32) {
    let (api, shop) = (stack.servers().api_url(), stack.servers().shop_url());
    say(&format!("Royal Equips Orchestrator: SANDBOX, ready in {seconds:.1} s"));
    say(&format!("  page       {api}/"));
    say(&format!("  API        {api}/docs"));
    say(&format!("  shop       {shop}/"));
    say(&format!(
        "  AWS        {} (embedded; AWS_ENDPOINT_URL for single functions)",
        stack.aws().endpoints().services
    ));
    say(&format!("  state      {0}/ (log lines in {0}/log)", args.state.display()));
    if let Some(problem) = stack.env().policy().problem() {
        say(&format!("  policy     NOT TAKEN: {problem}"));
    }
    say("  next       open the page, and approve what waits; watch products and orders below; stop with Ctrl-C");
    say("");
}

fn settings(args: &Args, state: &State, page: &Page) -> Result<Settings> {
    let next = |n: u16| match args.port {
        0 => Ok(0),
        port => port
            .checked_add(n)
            .with_context(|| format!("port {port} leaves no room for the shop and AWS: choose a lower one")),
    };
    let aws = emulator::Settings {
        data_dir: Some(state.sub("aws")?),
        speed: args.speed,
        services_port: next(2)?,
        ..emulator::Settings::default()
    };
    Ok(Settings {
        aws,
        shop_state: Some(state.sub("shop")?.join("shop.sqlite")),
        issuer_state: state.sub("issuer")?,
        vars: vars(args, state)?,
        catalog: None,
        idle: Vec::new(),
        port: args.port,
        shop_port: next(1)?,
        shop_points: None,
        page: page.clone(),
    })
}

fn vars(args: &Args, state: &State) -> Result<BTreeMap<String, String>> {
    let root = root();
    let feeds = if args.feed.is_empty() {
        vec![path(&root.join("events/feeds/shopify-products.csv"))]
    } else {
        args.feed.clone()
    };
    for feed in feeds.iter().filter(|feed| !is_url(feed)) {
        if !Path::new(feed).exists() {
            bail!("feed `{feed}` does not exist: give a file, a folder or a URL with --feed");
        }
    }
    let mut vars = BTreeMap::from([
        ("ROYAL_FEEDS".to_owned(), feeds.join(";")),
        ("ROYAL_CURRENCY".to_owned(), args.currency.clone()),
        ("ROYAL_POLICIES".to_owned(), path(args.policies.as_deref().unwrap_or(&root.join("policies")))),
        ("ROYAL_LAST_GOOD".to_owned(), path(&state.sub("policy")?.join("last-good"))),
        ("ROYAL_OWN_LOCATION".to_owned(), shop::SHELF.to_owned()),
        ("ROYAL_OWN_ADDRESS".to_owned(), HOME.to_owned()),
    ]);
    let companions =
        [("ROYAL_SUPPLIERS", &args.suppliers, "suppliers.csv"), ("ROYAL_TRENDS", &args.trends, "trends.csv")];
    for (name, given, beside) in companions {
        vars.extend(given.clone().or_else(|| companion(&feeds, beside)).map(|file| (name.to_owned(), file)));
    }
    Ok(vars)
}

/// The file of this name beside the first feed that has one.
fn companion(feeds: &[String], name: &str) -> Option<String> {
    let folders = feeds.iter().filter(|feed| !is_url(feed)).map(Path::new);
    let folders = folders.filter_map(|feed| if feed.is_dir() { Some(feed) } else { feed.parent() });
    folders.map(|folder| folder.join(name)).find(|file| file.exists()).map(|file| path(&file))
}

/// The repository: the current folder if it has the policies, else where this program was built.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(".");
    if here.join("policies").is_dir() { here } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("../..") }
}

fn is_url(feed: &str) -> bool {
    feed.starts_with("http://") || feed.starts_with("https://")
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
