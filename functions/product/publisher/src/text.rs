//! Words from outside, made fit for one line.

/// Characters that a search engine shows of a title.
pub(crate) const SEO_TITLE: usize = 70;
/// Characters that a search engine shows of a description.
pub(crate) const SEO_DESCRIPTION: usize = 160;
/// Characters that the shop takes in a title, a tag or an option.
pub(crate) const NAME: usize = 255;
/// Characters after which screen readers tend to cut an image's text.
pub(crate) const ALT: usize = 125;
/// Characters of the readable part of an address.
const HANDLE: usize = 60;

/// One line: control characters and runs of white space become one space.
pub(crate) fn line(outside: &str) -> String {
    let words = outside.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The first `most` characters, up to the end of a word; a first word that is longer is cut.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    let Some((end, next)) = text.char_indices().nth(most) else { return text };
    let whole = text.get(..end).unwrap_or_default();
    if next.is_whitespace() {
        return whole.trim_end();
    }
    let word = whole.rfind(char::is_whitespace).and_then(|at| whole.get(..at)).map(str::trim_end);
    let word = word.map(|word| word.trim_end_matches([',', ';', ':', '-', '–', '(']).trim_end());
    word.filter(|word| !word.is_empty()).unwrap_or(whole)
}

/// Last part of the page's address: the title's words and `suffix`, which tells equal titles apart.
pub(crate) fn handle(title: &str, suffix: &str) -> String {
    let slug = slug::slugify(title);
    let short = match slug.char_indices().nth(HANDLE) {
        Some((end, _)) => slug.get(..end).and_then(|cut| cut.rsplit_once('-')).map_or("", |(words, _)| words),
        None => &slug,
    };
    if short.is_empty() { format!("product-{suffix}") } else { format!("{short}-{suffix}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_is_cut_at_the_end_of_a_word() {
        let cases = [
            ("Desk lamp", 20, "Desk lamp"),
            ("Desk lamp", 9, "Desk lamp"),
            ("Desk lamp", 8, "Desk"),
            ("Desk lamp, black", 11, "Desk lamp"),
            ("Schreibtischlampe", 8, "Schreibt"),
            ("Lámpara de mesa", 7, "Lámpara"),
        ];
        for (text, most, wanted) in cases {
            assert_eq!(cut(text, most), wanted, "{text} at {most}");
        }
    }

    #[test]
    fn an_address_is_readable_and_tells_equal_titles_apart() {
        assert_eq!(handle("Desk lamp “Größe L”", "ab12cd"), "desk-lamp-grosse-l-ab12cd");
        assert_eq!(handle("???", "ab12cd"), "product-ab12cd");
        assert_eq!(handle(&"lamp ".repeat(40), "ab12cd").len(), 59 + 7);
    }

    proptest! {
        #[test]
        fn nothing_is_longer_than_asked_for(text in ".{0,300}", most in 1_usize..200) {
            let text = line(&text);
            let cut = cut(&text, most);
            prop_assert!(cut.chars().count() <= most);
            prop_assert!(text.starts_with(cut));
            prop_assert!(text.is_empty() || !cut.is_empty());
        }

        #[test]
        fn an_address_holds_nothing_but_small_letters_digits_and_hyphens(title in ".{0,300}") {
            let handle = handle(&title, "ab12cd");
            prop_assert!(handle.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(handle.len() <= HANDLE + 7);
        }
    }
}
