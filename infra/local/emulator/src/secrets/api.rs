//! The operations by name.

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::versions::{self, Value as SecretValue};
use crate::db::Tx;
use crate::env::Core;
use crate::http::{ApiError, Call, parse};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    name: String,
    client_request_token: Option<String>,
    description: Option<String>,
    secret_string: Option<String>,
    secret_binary: Option<String>,
    tags: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Put {
    secret_id: String,
    client_request_token: Option<String>,
    secret_string: Option<String>,
    secret_binary: Option<String>,
    version_stages: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    secret_id: String,
    client_request_token: Option<String>,
    description: Option<String>,
    secret_string: Option<String>,
    secret_binary: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Get {
    secret_id: String,
    version_id: Option<String>,
    version_stage: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named {
    secret_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Delete {
    secret_id: String,
    #[serde(default)]
    force_delete_without_recovery: bool,
}

/// A secret without its values.
pub(super) struct Secret {
    pub(super) name: String,
    arn: String,
    description: Option<String>,
    tags: Option<String>,
    created_ms: i64,
    changed_ms: i64,
    deleted_ms: Option<i64>,
}

/// Serves one Secrets Manager call.
pub(crate) async fn call(core: &Core, call: &Call) -> Result<Value, ApiError> {
    let body = call.json()?;
    let operation = call.operation.clone();
    core.db.run(move |tx| dispatch(tx, &operation, body)).await
}

fn dispatch(tx: &Tx<'_>, operation: &str, body: Value) -> Result<Value, ApiError> {
    match operation {
        "CreateSecret" => create(tx, parse(body)?),
        "PutSecretValue" => put(tx, parse(body)?),
        "UpdateSecret" => update(tx, parse(body)?),
        "GetSecretValue" => get(tx, parse(body)?),
        "DescribeSecret" => describe(tx, &parse::<Named>(body)?.secret_id),
        "ListSecrets" => list(tx),
        "DeleteSecret" => delete(tx, parse(body)?),
        _ => Err(ApiError::unknown(operation)),
    }
}

pub(super) fn not_found(message: impl Into<String>) -> ApiError {
    ApiError::bad("ResourceNotFoundException", message)
}

/// Text or bytes, not both.
fn value(text: Option<String>, bytes: Option<String>) -> Result<Option<SecretValue>, ApiError> {
    match (&text, &bytes) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => {
            let message = "You can't specify both a binary secret value and a string secret value.";
            Err(ApiError::bad("InvalidParameterException", message))
        }
        _ => Ok(Some(SecretValue { text, bytes })),
    }
}

/// The same call again (by its token) is no conflict.
fn create(tx: &Tx<'_>, request: Create) -> Result<Value, ApiError> {
    let version = request.client_request_token.unwrap_or_else(|| tx.new_id());
    let value = value(request.secret_string, request.secret_binary)?;
    let secret = match find(tx, &request.name)? {
        Some(existing) => {
            let repeated = versions::find(tx, &existing, &version)?.map(|(value, _)| value);
            if repeated.is_none() || repeated != value {
                let message = format!("The operation failed because the secret {} already exists.", request.name);
                return Err(ApiError::bad("ResourceExistsException", message));
            }
            existing
        }
        None => {
            let tags = request.tags.map(|tags| tags.to_string());
            insert(tx, &request.name, request.description.as_deref(), tags.as_deref())?
        }
    };
    let mut answer = json!({"ARN": secret.arn, "Name": secret.name});
    if let (Some(value), Some(fields)) = (value, answer.as_object_mut()) {
        versions::add(tx, &secret, &version, &value, &["AWSCURRENT".to_owned()])?;
        fields.insert("VersionId".to_owned(), json!(version));
    }
    Ok(answer)
}

fn insert(tx: &Tx<'_>, name: &str, description: Option<&str>, tags: Option<&str>) -> Result<Secret, ApiError> {
    let suffix: String = tx.new_id().chars().take(6).collect();
    let arn = tx.env.names.arn("secretsmanager", &format!("secret:{name}-{suffix}"));
    let sql = "INSERT INTO secrets (name, arn, description, tags, created_ms, changed_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
    tx.conn.execute(sql, params![name, arn, description, tags, tx.now_ms])?;
    required(tx, name)
}

fn put(tx: &Tx<'_>, request: Put) -> Result<Value, ApiError> {
    let secret = required(tx, &request.secret_id)?;
    let value = value(request.secret_string, request.secret_binary)?;
    let value = value.ok_or_else(|| {
        let message = "You must provide either SecretString or SecretBinary.";
        ApiError::bad("InvalidParameterException", message)
    })?;
    let version = request.client_request_token.unwrap_or_else(|| tx.new_id());
    let stages = request.version_stages.unwrap_or_else(|| vec!["AWSCURRENT".to_owned()]);
    versions::add(tx, &secret, &version, &value, &stages)?;
    Ok(json!({"ARN": secret.arn, "Name": secret.name, "VersionId": version, "VersionStages": stages}))
}

fn update(tx: &Tx<'_>, request: Update) -> Result<Value, ApiError> {
    let secret = required(tx, &request.secret_id)?;
    if let Some(description) = request.description {
        let sql = "UPDATE secrets SET description = ?2, changed_ms = ?3 WHERE name = ?1";
        tx.conn.execute(sql, params![secret.name, description, tx.now_ms])?;
    }
    let mut answer = json!({"ARN": secret.arn, "Name": secret.name});
    let value = value(request.secret_string, request.secret_binary)?;
    if let (Some(value), Some(fields)) = (value, answer.as_object_mut()) {
        let version = request.client_request_token.unwrap_or_else(|| tx.new_id());
        versions::add(tx, &secret, &version, &value, &["AWSCURRENT".to_owned()])?;
        fields.insert("VersionId".to_owned(), json!(version));
    }
    Ok(answer)
}

fn get(tx: &Tx<'_>, request: Get) -> Result<Value, ApiError> {
    let secret = required(tx, &request.secret_id)?;
    let (id, value, created_ms) = versions::choose(tx, &secret, request.version_id, request.version_stage.as_deref())?;
    let stages = versions::stages(tx, &secret)?.remove(&id).unwrap_or_default();
    let mut answer = json!({
        "ARN": secret.arn,
        "Name": secret.name,
        "VersionId": id,
        "VersionStages": stages,
        "CreatedDate": created_ms / 1000,
    });
    if let Some(fields) = answer.as_object_mut() {
        for (name, content) in [("SecretString", value.text), ("SecretBinary", value.bytes)] {
            if let Some(content) = content {
                fields.insert(name.to_owned(), json!(content));
            }
        }
    }
    Ok(answer)
}

fn describe(tx: &Tx<'_>, id: &str) -> Result<Value, ApiError> {
    let secret = find(tx, id)?.ok_or_else(|| not_found("Secrets Manager can't find the specified secret."))?;
    let mut answer = json!({
        "ARN": secret.arn,
        "Name": secret.name,
        "CreatedDate": secret.created_ms / 1000,
        "LastChangedDate": secret.changed_ms / 1000,
        "VersionIdsToStages": versions::stages(tx, &secret)?,
    });
    if let Some(fields) = answer.as_object_mut() {
        let tags = secret.tags.and_then(|tags| serde_json::from_str(&tags).ok());
        let members = [
            ("Description", secret.description.map(Value::from)),
            ("DeletedDate", secret.deleted_ms.map(|ms| json!(ms / 1000))),
            ("Tags", tags),
        ];
        for (name, content) in members {
            if let Some(content) = content {
                fields.insert(name.to_owned(), content);
            }
        }
    }
    Ok(answer)
}

/// All at once: the local stack has no pages.
fn list(tx: &Tx<'_>) -> Result<Value, ApiError> {
    let mut query = tx.conn.prepare("SELECT name FROM secrets WHERE deleted_ms IS NULL ORDER BY name")?;
    let names = query.query_map([], |row| row.get::<_, String>(0))?;
    let names = names.collect::<rusqlite::Result<Vec<_>>>()?;
    let secrets: Result<Vec<Value>, ApiError> = names.iter().map(|name| describe(tx, name)).collect();
    Ok(json!({"SecretList": secrets?}))
}

fn delete(tx: &Tx<'_>, request: Delete) -> Result<Value, ApiError> {
    let secret = required(tx, &request.secret_id)?;
    if request.force_delete_without_recovery {
        tx.conn.execute("DELETE FROM secrets WHERE name = ?1", [&secret.name])?;
    } else {
        let sql = "UPDATE secrets SET deleted_ms = ?2 WHERE name = ?1";
        tx.conn.execute(sql, params![secret.name, tx.now_ms])?;
    }
    Ok(json!({"ARN": secret.arn, "Name": secret.name, "DeletionDate": tx.now_ms / 1000}))
}

/// The secret of this name or ARN, unless it is missing or marked for deletion.
fn required(tx: &Tx<'_>, id: &str) -> Result<Secret, ApiError> {
    let missing = || not_found("Secrets Manager can't find the specified secret.");
    let secret = find(tx, id)?.ok_or_else(missing)?;
    if secret.deleted_ms.is_some() {
        let message = "You can't perform this operation on the secret because it was marked for deletion.";
        return Err(ApiError::bad("InvalidRequestException", message));
    }
    Ok(secret)
}

fn find(tx: &Tx<'_>, id: &str) -> Result<Option<Secret>, ApiError> {
    let sql = "SELECT name, arn, description, tags, created_ms, changed_ms, deleted_ms
        FROM secrets WHERE name = ?1 OR arn = ?1";
    let mut query = tx.conn.prepare_cached(sql)?;
    let found = query.query_row([id], |row| {
        Ok(Secret {
            name: row.get(0)?,
            arn: row.get(1)?,
            description: row.get(2)?,
            tags: row.get(3)?,
            created_ms: row.get(4)?,
            changed_ms: row.get(5)?,
            deleted_ms: row.get(6)?,
        })
    });
    Ok(found.optional()?)
}
