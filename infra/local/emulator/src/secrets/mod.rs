//! Secrets Manager: secrets with versions and staging labels.
//!
//! Values are kept as they are in the store's file, which only its owner can read.

mod api;
mod versions;

pub(crate) use api::call;

pub(crate) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS secrets (
        name TEXT PRIMARY KEY,
        arn TEXT NOT NULL UNIQUE,
        description TEXT,
        tags TEXT,
        created_ms INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL,
        deleted_ms INTEGER
    ) STRICT;
    CREATE TABLE IF NOT EXISTS secret_versions (
        secret TEXT NOT NULL REFERENCES secrets (name) ON DELETE CASCADE,
        id TEXT NOT NULL,
        text TEXT,
        bytes TEXT,
        created_ms INTEGER NOT NULL,
        PRIMARY KEY (secret, id)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS secret_stages (
        secret TEXT NOT NULL REFERENCES secrets (name) ON DELETE CASCADE,
        stage TEXT NOT NULL,
        version TEXT NOT NULL,
        PRIMARY KEY (secret, stage)
    ) STRICT;
";
