//! The database: SQLite in one file or PostgreSQL by address, behind one SQL text.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::error::{Error, Kind, Result};

/// The open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// Many readers and, in its own pool, the one connection that writes.
    Sqlite {
        /// Connections for reading.
        read: SqlitePool,
        /// The one connection for writing.
        write: SqlitePool,
    },
    /// One pool for both.
    Postgres(PgPool),
}

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

impl Db {
    /// Opens the database that the address names (`sqlite://FILE` or `postgres://…`), makes it if needed and brings its
    /// tables up to date.
    pub async fn open(url: &str) -> Result<Self> {
        let db = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Self::open_sqlite(url).await?,
            Some("postgres" | "postgresql") => Self::open_postgres(url).await?,
            _ => return Err(Error::invalid("database-url", "must start with sqlite: or postgres:")),
        };
        match &db {
            Self::Sqlite { write, .. } => MIGRATOR.run(write).await,
            Self::Postgres(pool) => MIGRATOR.run(pool).await,
        }
        .map_err(Error::internal)?;
        if let Self::Sqlite { write, .. } = &db {
            for table in ["pins", "deleted_pins", "votes", "attachments"] {
                lay_by_id(write, table).await?;
            }
        }
        Ok(db)
    }

    async fn open_sqlite(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let read = SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write })
    }

    async fn open_postgres(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?;
        let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(5));
        Ok(Self::Postgres(pool.connect_with(options).await?))
    }

    /// The address of the SQLite file of a data folder.
    #[must_use]
    pub fn file_in(data_dir: &Path) -> String {
        format!("sqlite://{}", data_dir.join("buurtsignaal.sqlite").display())
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Lays a table of SQLite's in the order of its key, where it is not yet so: what is read in that order then lies side by
/// side, and no hidden row number tells the order in which rows came.
async fn lay_by_id(write: &SqlitePool, table: &str) -> Result<()> {
    const ORDERED: &str = "without rowid";
    let mut connection = write.acquire().await?;
    let made: String = sqlx::query_scalar("select sql from sqlite_master where type = 'table' and name = $1")
        .bind(table)
        .fetch_one(&mut *connection)
        .await?;
    if made.ends_with(ORDERED) {
        return Ok(());
    }
    let indexes: Vec<String> =
        sqlx::query_scalar("select sql from sqlite_master where type = 'index' and tbl_name = $1 and sql is not null")
            .bind(table)
            .fetch_all(&mut *connection)
            .await?;
    let columns = made.split_once('(').map(|(_, columns)| columns).unwrap_or_default();
    let mut steps = vec![
        format!("create table {table}_by_id ({columns} {ORDERED}"),
        format!("insert into {table}_by_id select * from {table} order by 1, 2"),
        format!("drop table {table}"),
        format!("alter table {table}_by_id rename to {table}"),
    ];
    steps.extend(indexes);
    let mut transaction = connection.begin_with("begin immediate").await?;
    for step in steps {
        sqlx::query(sqlx::AssertSqlSafe(step)).execute(&mut *transaction).await?;
    }
    Ok(transaction.commit().await?)
}

/// Runs the same reading body against whichever pool is open.
#[macro_export]
macro_rules! read {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { read: $pool, .. } => $body,
            $crate::db::Db::Postgres($pool) => $body,
        }
    };
}

/// Runs the same body in one writing transaction of whichever database is open; `$tx` is the connection. The body is a
/// block that ends in a value and may use `?`; an error rolls everything back.
#[macro_export]
macro_rules! transaction {
    ($db:expr, |$tx:ident| $body:block) => {
        match $db {
            $crate::db::Db::Sqlite { write, .. } => {
                use sqlx::Connection as _;
                let mut connection = write.acquire().await?;
                let done: $crate::error::Result<_> = async {
                    let mut transaction = connection.begin_with("begin immediate").await?;
                    let $tx = &mut *transaction;
                    let out = $body;
                    transaction.commit().await?;
                    Ok(out)
                }
                .await;
                // sqlx 0.9 never writes again on a connection whose transaction failed on a full disk.
                if done.is_err() {
                    connection.close_on_drop();
                }
                done
            }
            $crate::db::Db::Postgres(pool) => {
                let done: $crate::error::Result<_> = async {
                    let mut transaction = pool.begin().await?;
                    let $tx = &mut *transaction;
                    let out = $body;
                    transaction.commit().await?;
                    Ok(out)
                }
                .await;
                done
            }
        }
    };
}

/// Whether a write failed because something of that name is already there.
#[must_use]
pub fn is_taken(error: &Error) -> bool {
    use std::error::Error as _;
    error.kind == Kind::Internal
        && error
            .source()
            .and_then(|source| source.downcast_ref::<sqlx::Error>())
            .and_then(sqlx::Error::as_database_error)
            .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
