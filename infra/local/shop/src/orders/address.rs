use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Where something is sent or billed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Address {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) company: Option<String>,
    pub(crate) address1: String,
    pub(crate) address2: Option<String>,
    pub(crate) zip: String,
    pub(crate) city: String,
    pub(crate) country: String,
    pub(crate) country_code: String,
    pub(crate) phone: Option<String>,
}

impl Address {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }

    /// As webhooks carry it.
    pub(crate) fn rest(&self) -> Value {
        json!({
            "first_name": self.first_name,
            "last_name": self.last_name,
            "name": self.name(),
            "company": self.company,
            "address1": self.address1,
            "address2": self.address2,
            "zip": self.zip,
            "city": self.city,
            "province": null,
            "province_code": null,
            "country": self.country,
            "country_code": self.country_code,
            "phone": self.phone,
            "latitude": null,
            "longitude": null,
        })
    }

    /// As the API answers it, under the id of what it belongs to.
    pub(crate) fn view(&self, id: &str) -> Value {
        json!({
            "id": id,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "name": self.name(),
            "company": self.company,
            "address1": self.address1,
            "address2": self.address2,
            "zip": self.zip,
            "city": self.city,
            "country": self.country,
            "countryCodeV2": self.country_code,
            "phone": self.phone,
            "coordinatesValidated": false,
        })
    }
}
