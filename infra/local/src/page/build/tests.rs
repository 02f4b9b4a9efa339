use super::*;
use std::time::Duration;

/// Sources, with nothing built of them.
fn sources() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("src/views")).unwrap();
    for file in ["index.html", "package.json", "package-lock.json", "src/main.tsx", "src/views/inbox.tsx"] {
        fs::write(folder.path().join(file), "").unwrap();
    }
    folder
}

fn touch(path: &Path, at: SystemTime) {
    File::options().read(true).open(path).unwrap().set_modified(at).unwrap();
}

/// A build of `folder`, as a step of Node.js leaves it.
fn built(folder: &Path) -> PathBuf {
    let fresh = folder.join("dist.1");
    fs::create_dir_all(fresh.join("assets")).unwrap();
    fs::write(fresh.join("index.html"), "new").unwrap();
    fs::write(fresh.join("assets/a.js"), "let a;".repeat(1000)).unwrap();
    fs::write(fresh.join("assets/b.js"), "let b;").unwrap();
    fresh
}

#[test]
fn a_build_is_old_as_soon_as_any_source_is_younger_or_gone() {
    let folder = sources();
    let path = folder.path();
    assert!(!is_fresh(path).unwrap(), "there is none");
    let fresh = built(path);
    finish(&fresh, newest(path).unwrap()).unwrap();
    take(path, &fresh).unwrap();
    assert!(is_fresh(path).unwrap());
    let later = newest(path).unwrap() + Duration::from_secs(5);
    for source in ["src/views/inbox.tsx", "package-lock.json", "src/views"] {
        let before = fs::metadata(path.join(source)).unwrap().modified().unwrap();
        touch(&path.join(source), later);
        assert!(!is_fresh(path).unwrap(), "{source}");
        touch(&path.join(source), before);
        assert!(is_fresh(path).unwrap(), "{source}");
    }
}

#[test]
fn a_build_takes_the_place_of_the_one_before_as_a_whole() {
    let folder = sources();
    let path = folder.path();
    fs::create_dir_all(path.join("dist/assets")).unwrap();
    fs::write(path.join("dist/assets/old.js"), "old").unwrap();
    fs::create_dir_all(path.join("dist.99")).unwrap();
    let fresh = built(path);
    finish(&fresh, newest(path).unwrap()).unwrap();
    take(path, &fresh).unwrap();
    let mut left: Vec<String> = fs::read_dir(path).unwrap().map(|entry| name(&entry.unwrap().path())).collect();
    left.retain(|name| name.starts_with("dist"));
    assert_eq!(left, ["dist"], "nothing is left of other builds");
    assert!(!path.join("dist/assets/old.js").exists());
    assert!(path.join("dist/assets/a.js.gz").exists(), "a large text has a small copy");
    assert!(!path.join("dist/assets/b.js.gz").exists(), "a small one needs none");
}

#[test]
fn packages_are_installed_again_only_after_the_list_of_them_changed() {
    let folder = sources();
    let path = folder.path();
    fs::create_dir(path.join("node_modules")).unwrap();
    assert!(!is_installed(path), "half an installation is none");
    fs::write(path.join("node_modules/.package-lock.json"), "").unwrap();
    let now = fs::metadata(path.join("node_modules/.package-lock.json")).unwrap().modified().unwrap();
    touch(&path.join("package-lock.json"), now);
    assert!(is_installed(path));
    touch(&path.join("package-lock.json"), now + Duration::from_secs(5));
    assert!(!is_installed(path));
}

#[test]
fn colours_are_left_out() {
    assert_eq!(plain("\u{1b}[31mred\u{1b}[0m and \u{1b}[38;5;246mgrey"), "red and grey");
    assert_eq!(plain("plain"), "plain");
}

#[test]
fn what_a_step_prints_is_shown_and_its_failure_is_named() {
    fn say(line: &str) {
        assert_eq!(line, "page       hello");
    }
    let folder = sources();
    run(folder.path(), &["sh", "-c", "echo hello; echo hello >&2"], say).unwrap();
    let failed = run(folder.path(), &["sh", "-c", "exit 3"], say).unwrap_err().to_string();
    assert!(failed.contains("`sh -c exit 3` failed"), "{failed}");
    let none = missing("node", folder.path(), io::Error::from(io::ErrorKind::NotFound)).to_string();
    assert!(none.contains("Node.js 20 or later") && none.contains("install Node.js"), "{none}");
}
