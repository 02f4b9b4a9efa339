//! A Merkle tree that is only ever added to, after RFC 6962, section 2.1.
//!
//! It is kept as the roots of its perfect subtrees, at most one for each bit of the count, so that a day of millions
//! of records is summed up over as many steps as wanted, with a few hundred bytes between two of them. The crates for
//! this (`ct-merkle`, `rs_merkle`) hold every leaf in memory, and a half-built tree of theirs cannot be put aside.

use super::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What the hash of a leaf, and of a node, begins with: so that neither can be taken for the other.
const LEAF: [u8; 1] = [0];
const NODE: [u8; 1] = [1];

/// The root of a perfect subtree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Root(#[serde(with = "hex::serde")] [u8; 32]);

/// A tree as far as it has grown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    count: u64,
    /// The largest subtree first.
    roots: Vec<Root>,
}

impl Tree {
    /// Adds a leaf on the right.
    pub fn push(&mut self, leaf: &[u8]) {
        let mut root = Root(hash(&[&LEAF, leaf]));
        for _ in 0..self.count.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                root = left.join(root);
            }
        }
        self.roots.push(root);
        self.count = self.count.saturating_add(1);
    }

    /// Adds the hash of a record, as its 64 hexadecimal digits.
    pub fn add(&mut self, record: &Hash) {
        self.push(record.as_str().as_bytes());
    }

    /// Number of leaves.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The root over all leaves; of none, the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        let root = self.roots.iter().rev().copied().reduce(|right, left| left.join(right));
        Hash::raw(root.map_or_else(|| hash(&[]), |root| root.0))
    }
}

impl Root {
    fn join(self, right: Self) -> Self {
        Self(hash(&[&NODE, &self.0, &right.0]))
    }
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The trees that the authors of RFC 6962 test their own logs with.
    #[test]
    fn its_roots_are_those_of_the_certificate_logs() {
        let leaves =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Tree::default();
        assert_eq!(tree.root().as_str(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (leaf, root) in leaves.iter().zip(roots) {
            tree.push(&hex::decode(leaf).unwrap());
            assert_eq!(tree.root().as_str(), root, "after {leaf}");
        }
        assert_eq!(tree.count(), 8);
    }

    #[test]
    fn a_tree_that_was_put_aside_grows_on_as_if_it_had_not_been() {
        let leaf = |n: u32| Hash::of(&n).unwrap();
        let mut straight = Tree::default();
        let mut paused = Tree::default();
        for n in 0..100 {
            straight.add(&leaf(n));
            paused = serde_json::from_str(&serde_json::to_string(&paused).unwrap()).unwrap();
            paused.add(&leaf(n));
        }
        assert_eq!(straight, paused);
    }
}
