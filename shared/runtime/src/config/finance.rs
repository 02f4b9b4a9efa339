//! Where we are taxed, and where the books go.

use super::not_a_url;

/// What finance needs to know of the deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finance {
    /// `ROYAL_SEAT`: ISO 3166 code of the country that we are established in. Without it no order has a VAT.
    pub seat: Option<String>,
    /// `ROYAL_VAT_NUMBER`: our own VAT number, under which the register of VAT numbers gives proof.
    pub vat_number: Option<String>,
    /// `ROYAL_VIES_URL`: the register's API. Default `https://ec.europa.eu/taxation_customs/vies/rest-api`.
    pub vies: String,
    /// `ROYAL_BIGQUERY_TABLE`: where the books are exported to, as `project.dataset.table`. Without it they are not.
    pub bigquery_table: Option<String>,
    /// `ROYAL_BIGQUERY_URL`: BigQuery's API. Default `https://bigquery.googleapis.com`.
    pub bigquery: String,
}

impl Finance {
    /// Reads the settings, and adds to `problems` what is wrong with them.
    pub(super) fn read(var: &dyn Fn(&str) -> Option<String>, problems: &mut Vec<String>) -> Self {
        let mut url = |name: &str, usual: &str| {
            let value = var(name).unwrap_or_else(|| usual.to_owned());
            problems.extend(not_a_url(name, &value));
            value.trim_end_matches('/').to_owned()
        };
        let vies = url("ROYAL_VIES_URL", "https://ec.europa.eu/taxation_customs/vies/rest-api");
        let bigquery = url("ROYAL_BIGQUERY_URL", "https://bigquery.googleapis.com");
        let (seat, bigquery_table) = (var("ROYAL_SEAT"), var("ROYAL_BIGQUERY_TABLE"));
        let is_code = |code: &String| code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase());
        if let Some(code) = seat.as_ref().filter(|code| !is_code(code)) {
            problems.push(format!("`ROYAL_SEAT`: `{code}` is no country: use two letters, such as `NL`"));
        }
        let parts = |table: &String| table.split('.').filter(|part| !part.is_empty()).count();
        if let Some(table) = bigquery_table.as_ref().filter(|table| parts(table) != 3) {
            problems.push(format!("`ROYAL_BIGQUERY_TABLE`: `{table}` is not `project.dataset.table`"));
        }
        Self { seat, vat_number: var("ROYAL_VAT_NUMBER"), vies, bigquery_table, bigquery }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_wrong_is_named_with_its_variable() {
        let wrong = [
            ("ROYAL_SEAT", "Netherlands"),
            ("ROYAL_VIES_URL", "ec.europa.eu"),
            ("ROYAL_BIGQUERY_URL", "bigquery"),
            ("ROYAL_BIGQUERY_TABLE", "books.entries"),
        ];
        for (name, value) in wrong {
            let mut problems = Vec::new();
            Finance::read(&|asked| (asked == name).then(|| value.to_owned()), &mut problems);
            assert!(problems.len() == 1 && problems[0].contains(name), "{name}={value}: {problems:?}");
        }
    }
}
