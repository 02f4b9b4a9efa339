use super::*;
use crate::clock::ManualClock;
use crate::env::Names;
use crate::faults::FaultControl;
use crate::scheduler::Pace;
use crate::signals::Signals;

fn env() -> Arc<Env> {
    Arc::new(Env {
        clock: Arc::new(ManualClock::new(1_000)),
        signals: Signals::default(),
        faults: FaultControl::default(),
        crossing: None,
        warden: crate::grants::Warden::default(),
        names: Names {
            region: "us-east-1".to_owned(),
            account: "000000000000".to_owned(),
            services_url: "http://127.0.0.1:1".to_owned(),
        },
        pace: Pace::new(1, 0, 0),
    })
}

fn db(path: Option<&std::path::Path>, env: &Arc<Env>) -> Db {
    let (conn, session) = open(path, 0).unwrap();
    Db::start(conn, session, env.clone()).unwrap()
}

async fn count(db: &Db) -> i64 {
    db.run(|tx| Ok(tx.conn.query_row("SELECT count(*) FROM buses", [], |r| r.get(0))?)).await.unwrap()
}

fn add(tx: &Tx<'_>, name: &str) -> Result<(), ApiError> {
    tx.conn.execute("INSERT INTO buses (name, created_ms) VALUES (?1, 0)", [name])?;
    Ok(())
}

#[tokio::test]
async fn work_that_fails_undoes_only_its_own_writes() {
    let db = db(None, &env());
    let before = count(&db).await;
    let (good, bad) = tokio::join!(
        db.run(|tx| add(tx, "kept")),
        db.run(|tx| {
            add(tx, "undone")?;
            Err::<(), _>(ApiError::invalid("no"))
        }),
    );
    assert!(good.is_ok());
    assert_eq!(bad, Err(ApiError::invalid("no")));
    assert_eq!(count(&db).await, before + 1);
}

#[tokio::test]
async fn a_wake_comes_after_the_commit_and_not_without_one() {
    let env = env();
    let db = db(None, &env);
    let mut seen = env.signals.subscribe(Topic::Schedules);
    let failed = db.run(|_| Err::<(), _>(ApiError::invalid("no"))).await;
    assert!(failed.is_err() && !seen.has_changed().unwrap());
    db.run(|tx| {
        tx.wake(Topic::Schedules);
        Ok(())
    })
    .await
    .unwrap();
    assert!(seen.has_changed().unwrap());
    seen.borrow_and_update();
}

#[tokio::test]
async fn equal_runs_in_memory_give_equal_ids_and_two_ids_differ() {
    let two_ids = |tx: &Tx<'_>| Ok((tx.new_id(), tx.new_id()));
    let first = db(None, &env()).run(two_ids).await.unwrap();
    let second = db(None, &env()).run(two_ids).await.unwrap();
    assert_eq!(first, second);
    assert_ne!(first.0, first.1);
}

#[tokio::test]
async fn a_closed_store_refuses_work_and_its_file_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("services.db");
    let env = env();
    let first = db(Some(&path), &env);
    first.run(|tx| add(tx, "kept")).await.unwrap();
    let expected = count(&first).await;
    assert!(matches!(open(Some(&path), 0), Err(StartError::InUse { .. })));
    first.close();
    assert!(first.run(|tx| add(tx, "late")).await.is_err());
    assert_eq!(count(&db(Some(&path), &env)).await, expected);
}

#[test]
fn a_file_of_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("foreign.db");
    let conn = Connection::open(&foreign).unwrap();
    conn.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(conn);
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "just some notes, long enough to have a header").unwrap();
    for path in [foreign, text] {
        let before = std::fs::read(&path).unwrap();
        let error = open(Some(&path), 0).unwrap_err();
        assert!(matches!(&error, StartError::NotOurs { path: p } if *p == path), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn data_of_a_newer_release_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("services.db");
    drop(open(Some(&path), 0).unwrap());
    let conn = Connection::open(&path).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let error = open(Some(&path), 0).unwrap_err();
    assert!(matches!(error, StartError::Newer { found: 99, .. }), "{error}");
}

#[test]
fn a_folder_that_is_a_file_is_named_in_the_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let error = check_folder(&file).unwrap_err().to_string();
    assert!(error.contains(&file.display().to_string()), "{error}");
}
