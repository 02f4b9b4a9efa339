//! The benchmark itself still works: a few gates, counted and priced.

use bench::{
    disk::Bytes,
    floor,
    load::{self, Prices},
    observer::Observer,
    prices,
    usage::Usage,
    world::World,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_few_gates_are_passed_counted_and_priced() {
    let folder = tempfile::tempdir().unwrap();
    let observer = Observer::install().unwrap();
    let world = World::start(folder.path()).await.unwrap();
    world.stock(2).await.unwrap();
    let file = folder.path().join("aws/dynamodb.db");
    let (before, bytes) = (Usage::now(&world), Bytes::of(&file).unwrap());
    let faults = world.stack.aws().faults();
    faults.reset();
    faults.meter(true);
    let run = load::run(&world, &observer, &mut Prices::default(), (2, 4)).await.unwrap();
    let usage = Usage::now(&world).since(&before);
    let bytes = Bytes::of(&file).unwrap().since(&bytes);
    assert_eq!((run.gates, run.stages.whole.percentile(50).is_some()), (4, true));
    assert_eq!(usage.http, 8, "a proposal and an approval each");
    let each = usage.calls["DynamoDB.TransactWriteItems"] / run.gates;
    assert_eq!(each, 5, "a proposal, a decision, a word, a claim, an outcome: {:?}", usage.calls);
    assert_eq!(bytes.rows["ACTION STATE"].0, 4, "{:?}", bytes.rows);
    let bill = prices::bill(&usage.billed(run.gates));
    assert!(bill.iter().all(|line| line.cost > 0), "{bill:?}");
    assert!(floor::run(folder.path(), 2, &floor::Shape::of(run.gates, &usage, &bytes)).unwrap().as_nanos() > 0);
    world.stack.stop().await;
}
