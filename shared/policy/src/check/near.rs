//! The name that was probably meant.

/// Longer lists are not written out.
const LISTED: usize = 12;

/// What to write instead of `word`: the nearest of these, or one of all.
pub(super) fn instead<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> String {
    let among: Vec<&str> = among.into_iter().collect();
    if let Some(near) = nearest(word, &among) {
        return format!("write `{near}`");
    }
    let listed = among.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    match among.len() {
        0 => "take it out".to_owned(),
        more if more > LISTED => format!("use one of: {listed} …"),
        _ => format!("use one of: {listed}"),
    }
}

/// The one that is a slip or two away.
pub(super) fn nearest<'a>(word: &str, among: &[&'a str]) -> Option<&'a str> {
    let apart = among.iter().map(|name| (strsim::damerau_levenshtein(word, name), *name));
    let most = (word.chars().count() / 3).clamp(1, 4);
    apart.filter(|(apart, _)| *apart <= most).min().map(|(_, name)| name)
}
