//! The store as a shopper sees it: active, published products only. All text is escaped by the
//! template, descriptions are shown as text.

use crate::fail::Fail;
use crate::model::{Media, Place, Product};
use crate::settings::Settings;
use crate::store::Store;
use crate::text;
use maud::{DOCTYPE, Markup, html};

const STYLE: &str = "
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 0 1rem 3rem; color: #1c1c1c }
.sandbox { background: #ffd447; margin: 0 -1rem; padding: .25rem 1rem; font-weight: 600 }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1.5rem; list-style: none; padding: 0 }
img { width: 100%; aspect-ratio: 1; object-fit: cover; background: #eee }
a { color: inherit } .price { font-weight: 600 } s { color: #666; font-weight: 400 }
";

/// The list of what is for sale.
pub(crate) fn home(store: &Store, settings: &Settings) -> Result<Markup, Fail> {
    let products = for_sale(store, settings)?;
    Ok(page(
        settings,
        &settings.shop_name,
        html! {
            @if products.is_empty() { p { "Nothing is for sale yet." } }
            ul {
                @for product in &products {
                    li { a href=(format!("/products/{}", product.handle)) {
                        (picture(product.media.first(), &product.title))
                        h2 { (product.title) }
                    } (price(product, settings)) }
                }
            }
        },
    ))
}

/// One product; `None` when shoppers may not see it.
pub(crate) fn product(store: &Store, settings: &Settings, handle: &str) -> Result<Option<Markup>, Fail> {
    let found = for_sale(store, settings)?.into_iter().find(|p| p.handle == handle);
    Ok(found.map(|product| {
        page(settings, &product.title, html! {
            p { a href="/" { "All products" } }
            h1 { (product.title) }
            @if !product.vendor.is_empty() { p { "by " (product.vendor) } }
            (picture(product.media.first(), &product.title))
            (price(&product, settings))
            p { (text::plain(&product.description_html)) }
            @if product.variants.len() > 1 {
                ul { @for variant in &product.variants {
                    li { (product.variant_title(variant)) ": " (text::money(variant.price)) " " (settings.currency) }
                } }
            }
        })
    }))
}

/// What a shopper sees instead of a product that is not there.
pub(crate) fn missing(settings: &Settings) -> Markup {
    page(settings, "Not found", html! { h1 { "Not found" } p { a href="/" { "All products" } } })
}

fn for_sale(store: &Store, settings: &Settings) -> Result<Vec<Product>, Fail> {
    let now = (settings.now)().unix_timestamp();
    let online = store.all::<Place>("publication")?.first().map_or(0, |p| p.id);
    let mut products: Vec<Product> = store.all("product")?;
    products.retain(|p| p.status == "ACTIVE" && p.is_published_on(online, now));
    Ok(products)
}

fn page(settings: &Settings, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " (SANDBOX)" }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                p class="sandbox" { "SANDBOX: nothing here can be bought" }
                header { strong { (settings.shop_name) } }
                main { (body) }
            }
        }
    }
}

fn picture(media: Option<&Media>, title: &str) -> Markup {
    html! {
        @if let Some(media) = media {
            img src=(media.source) alt=(media.alt.as_deref().unwrap_or(title)) loading="lazy";
        }
    }
}

fn price(product: &Product, settings: &Settings) -> Markup {
    let variant = product.variants.first();
    html! {
        @if let Some(variant) = variant {
            p class="price" {
                (text::money(variant.price)) " " (settings.currency)
                @if let Some(before) = variant.compare_at_price { " " s { (text::money(before)) } }
            }
        }
    }
}
