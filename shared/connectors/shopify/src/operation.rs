//! The documents that are sent, and what may be done about each when its answer is lost.

/// What sending a request twice would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing: it only reads.
    Read,
    /// Perhaps a second effect: the shop is asked first.
    Write,
    /// Nothing: the shop remembers its idempotency key.
    Keyed,
}

/// One document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its name in the document.
    pub(crate) name: &'static str,
    /// The one root field that it selects.
    pub(crate) root: &'static str,
    pub(crate) kind: Kind,
    pub(crate) document: &'static str,
}

macro_rules! operations {
    ($($kind:ident $constant:ident = $name:literal / $root:literal: $($file:literal)+;)+) => {
        $(pub(crate) const $constant: Operation = Operation {
            name: $name,
            root: $root,
            kind: Kind::$kind,
            document: concat!($(include_str!(concat!("operations/", $file, ".graphql"))),+),
        };)+

        /// All of them.
        #[cfg(test)]
        pub(crate) const ALL: &[&Operation] = &[$(&$constant),+];
    };
}

operations! {
    Read SHOP_INFO = "ShopInfo" / "shop": "shop_info";
    Read PUBLICATIONS = "Publications" / "publications": "publications";
    Read LOCATIONS = "Locations" / "locations": "locations";
    Read PRODUCT_BY_KEY = "ProductByKey" / "productByIdentifier": "product_by_key" "product_state";
    Read VARIANT_STOCK = "VariantStock" / "productVariant": "variant_stock";
    Read ORDER_STATE = "OrderState" / "order": "order_state";
    Read ORDERS_SINCE = "OrdersSince" / "orders": "orders_since";
    Read ORDERS_OF = "OrdersOf" / "orders": "orders_of";
    Read SUGGESTED_REFUND = "SuggestedRefund" / "order": "refund_suggested";
    Read DISCOUNT_BY_CODE = "DiscountByCode" / "codeDiscountNodeByCode": "discount_by_code";
    Write DISCOUNT_CREATE = "DiscountCreate" / "discountCodeBasicCreate": "discount_create";
    Write ORDER_HOLD = "OrderHold" / "fulfillmentOrderHold": "order_hold";
    Write ORDER_RELEASE = "OrderRelease" / "fulfillmentOrderReleaseHold": "order_release";
    Write ORDER_SHIP = "OrderShip" / "fulfillmentCreate": "order_ship";
    Write ORDER_CANCEL = "OrderCancel" / "orderCancel": "order_cancel";
    Write ORDER_RISK = "OrderRisk" / "orderRiskAssessmentCreate": "order_risk";
    Keyed REFUND_CREATE = "RefundCreate" / "refundCreate": "refund_create";
    Write DEFINE_METAFIELD = "DefineMetafield" / "metafieldDefinitionCreate": "define_metafield";
    Write PRODUCT_SET = "ProductSet" / "productSet": "product_set" "product_state";
    Write PRODUCT_STATUS = "ProductStatus" / "productUpdate": "product_status";
    Write PUBLISH = "Publish" / "publishablePublish": "publish";
    Write UNPUBLISH = "Unpublish" / "publishableUnpublish": "unpublish";
    Write VARIANT_PRICES = "VariantPrices" / "productVariantsBulkUpdate": "variant_prices";
    Keyed INVENTORY_SET = "InventorySet" / "inventorySetQuantities": "inventory_set";
}

#[cfg(test)]
mod tests;
