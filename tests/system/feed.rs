//! Supplier data for one test, written as suppliers write it.

use std::{fs, path::Path};

/// One row of a supplier's Shopify product export.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) handle: String,
    pub(crate) title: String,
    pub(crate) vendor: &'static str,
    pub(crate) category: &'static str,
    pub(crate) price: &'static str,
    pub(crate) cost: &'static str,
    pub(crate) stock: &'static str,
    pub(crate) rating: &'static str,
    pub(crate) image: bool,
}

impl Row {
    /// A product that everything speaks for.
    pub(crate) fn good(handle: &str) -> Self {
        Self {
            handle: handle.to_owned(),
            title: format!("Oak {handle} with brass fittings"),
            vendor: "Noordhout",
            category: "Home & Garden > Kitchen",
            price: "49.95",
            cost: "19.50",
            stock: "120",
            rating: "4.8",
            image: true,
        }
    }

    /// The same without an image: the shop takes no time over it.
    pub(crate) fn plain(handle: &str) -> Self {
        Self { image: false, ..Self::good(handle) }
    }

    /// A product that only a person may publish.
    pub(crate) fn restricted(handle: &str) -> Self {
        Self { category: "Weapons > Knives", ..Self::plain(handle) }
    }

    pub(crate) fn csv(&self) -> String {
        let Self { handle, title, vendor, category, price, cost, stock, rating, image } = self;
        let image =
            if *image { format!("https://cdn.example.com/{handle}.jpg,Photo of {title}") } else { ",".to_owned() };
        let body = "<p>Made of solid oak, finished by hand, delivered in a plain box without plastic.</p>";
        format!(
            "{handle},{title},\"{body}\",{vendor},{category},Kitchen,\"oak, kitchen\",true,Title,Default Title,SKU-{handle},{stock},{price},{cost},{image},{rating},210,active\n"
        )
    }
}

pub(crate) const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Cost per item,Image Src,Image Alt Text,Rating (product.metafields.reviews.rating),Rating count (product.metafields.reviews.rating_count),Status\n";

const SUPPLIERS: &str = "supplier,on_time_percent,mean_delay_days,defect_percent,return_percent,mean_response_hours,cost_index,sample_orders,updated_at
Noordhout,98,0.2,0.5,1.5,3,85,420,2026-11-01
Langzaam,61,6,9,14,70,40,180,2026-11-01
";

const TRENDS: &str = "keyword,interest,date
Home & Garden > Kitchen,92,2026-11-15
kitchen,92,2026-11-15
oak,90,2026-11-15
";

/// Writes a feed with its companion files into `folder`.
pub(crate) fn write(folder: &Path, rows: &[Row]) {
    let feed: String = std::iter::once(HEADER.to_owned()).chain(rows.iter().map(Row::csv)).collect();
    fs::write(folder.join("products.csv"), feed).unwrap();
    fs::write(folder.join("suppliers.csv"), SUPPLIERS).unwrap();
    fs::write(folder.join("trends.csv"), TRENDS).unwrap();
}
