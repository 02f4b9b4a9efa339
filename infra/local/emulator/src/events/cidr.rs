//! `cidr` patterns: an address within a block.

use std::net::IpAddr;

/// A block of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cidr {
    base: IpAddr,
    bits: u32,
}

impl Cidr {
    /// Reads `10.0.0.0/24` or `2001:db8::/32`.
    pub(super) fn compile(text: &str) -> Option<Self> {
        let (base, bits) = text.split_once('/')?;
        let base: IpAddr = base.parse().ok()?;
        let bits = bits.parse().ok().filter(|bits| *bits <= width(base))?;
        Some(Self { base, bits })
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        let Ok(address) = text.parse::<IpAddr>() else {
            return false;
        };
        width(address) == width(self.base) && self.network(address) == self.network(self.base)
    }

    fn network(&self, address: IpAddr) -> u128 {
        let number = match address {
            IpAddr::V4(v4) => u128::from(v4.to_bits()),
            IpAddr::V6(v6) => v6.to_bits(),
        };
        let host_bits = width(self.base).saturating_sub(self.bits);
        number.checked_shr(host_bits).unwrap_or(0)
    }
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_in_its_block_only() {
        let table = [
            ("10.0.0.0/24", "10.0.0.255", true),
            ("10.0.0.0/24", "10.0.1.0", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("10.0.0.1/32", "10.0.0.1", true),
            ("10.0.0.0/24", "not an address", false),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("::/0", "1.2.3.4", false),
        ];
        for (block, address, expected) in table {
            assert_eq!(Cidr::compile(block).unwrap().contains(address), expected, "{block} {address}");
        }
        assert!(Cidr::compile("10.0.0.0/33").is_none() && Cidr::compile("10.0.0.0").is_none());
    }
}
