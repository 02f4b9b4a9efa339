//! What is in demand, looked up by a product's words.

use feeds::{Item, Topic, Trend};
use rust_decimal::prelude::ToPrimitive;
use std::collections::HashMap;
use time::Date;

/// The latest interest in each topic, 0 to 100.
#[derive(Debug, Clone, Default)]
pub struct Trends {
    /// Keywords as words, by their first word.
    keywords: HashMap<String, Vec<(Vec<String>, i64)>>,
    categories: HashMap<String, i64>,
}

impl From<Vec<Trend>> for Trends {
    /// Keeps the latest record of each topic; the higher one where two regions have the same date.
    fn from(records: Vec<Trend>) -> Self {
        let mut latest: HashMap<Topic, (Date, i64)> = HashMap::new();
        for Trend { topic, interest, date, .. } in records {
            let found = (date, interest.floor().to_i64().unwrap_or_default());
            let kept = latest.entry(topic).or_insert(found);
            *kept = found.max(*kept);
        }
        let mut trends = Self::default();
        for (topic, (_, interest)) in latest {
            trends.add(topic, interest);
        }
        trends
    }
}

impl Trends {
    fn add(&mut self, topic: Topic, interest: i64) {
        match topic {
            Topic::Category(name) => {
                let kept = self.categories.entry(name.trim().to_lowercase()).or_insert(interest);
                *kept = interest.max(*kept);
            }
            Topic::Keyword(text) => {
                let words = words(&text);
                if let Some(first) = words.first().cloned() {
                    self.keywords.entry(first).or_default().push((words, interest));
                }
            }
        }
    }

    /// Interest in a product: of the longest keyword in its title, or else of its category.
    ///
    /// `None` where nobody looked at any of them.
    #[must_use]
    pub fn points(&self, item: &Item) -> Option<i64> {
        self.of_title(&item.title).or_else(|| self.of_category(item.category.as_deref()?))
    }

    fn of_title(&self, title: &str) -> Option<i64> {
        if self.keywords.is_empty() {
            return None;
        }
        let title = words(title);
        let at = |start: usize| {
            let rest = title.get(start..).unwrap_or_default();
            let keywords = rest.first().and_then(|first| self.keywords.get(first));
            keywords.into_iter().flatten().filter(|(words, _)| rest.starts_with(words))
        };
        let found = (0..title.len()).flat_map(at).max_by_key(|(words, interest)| (words.len(), *interest));
        found.map(|(_, interest)| *interest)
    }

    /// The whole path, or its most special part.
    fn of_category(&self, path: &str) -> Option<i64> {
        let path = path.to_lowercase();
        let parts = path.split('>').rev().map(str::trim);
        std::iter::once(path.trim()).chain(parts).find_map(|part| self.categories.get(part).copied())
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
