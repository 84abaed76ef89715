//! Where objects live: a folder or an S3 bucket, by address, over the object_store crate.
//!
//! In a folder a write goes to a temporary file, is synced, and renamed: an object is whole or absent. Deleting what is gone
//! already is no error, so that a deletion can be repeated. Calls run on the program's own runtime: they end even when the
//! request that asked for them has gone away.

use crate::config::{S3Place, StoragePlace};
use crate::error::{Error, Result};
use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{
    Attribute, Attributes, ClientOptions, ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, PutPayload, RetryConfig,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::runtime::Handle;

/// A larger file goes up in parts of this many bytes (S3 wants at least 5 MiB each).
const PART: usize = 8 * 1024 * 1024;
/// Keys never change their content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const PRIVATE: &str = "private, no-store";

#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
    runtime: Handle,
}

/// What S3 is told about an object; a folder keeps no attributes (the site knows them from its own rows).
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub media_type: &'static str,
    pub public: bool,
}

/// An object on its way out.
pub struct Object {
    pub size: u64,
    pub body: BoxStream<'static, Result<Bytes>>,
}

impl Storage {
    /// Opens a place; a folder is made when it is missing. Call it on the program's multi-threaded runtime.
    pub fn open(place: &StoragePlace) -> Result<Self> {
        let runtime = Handle::current();
        match place {
            StoragePlace::Folder(path) => {
                std::fs::create_dir_all(path)
                    .map_err(|error| Error::Internal(format!("the media folder {} cannot be made: {error}", path.display())))?;
                let store = LocalFileSystem::new_with_prefix(path).map_err(Error::internal)?.with_fsync(true);
                Ok(Storage { store: Arc::new(store), folder: Some(path.clone()), runtime })
            }
            StoragePlace::S3(place) => Ok(Storage { store: s3(place)?, folder: None, runtime }),
        }
    }

    /// Puts a whole object. When this returns, it is on disk (or with the S3 service).
    pub async fn put(&self, key: &str, bytes: Bytes, kind: Kind) -> Result<()> {
        let (store, key, attributes) = (self.store.clone(), parse(key)?, self.attributes(kind));
        self.on_runtime(async move {
            let options = PutOptions { attributes, ..PutOptions::default() };
            store.put_opts(&key, PutPayload::from_bytes(bytes), options).await?;
            Ok(())
        })
        .await
    }

    /// Puts a file from disk, in parts when it is large: memory stays at one part.
    pub async fn put_file(&self, key: &str, file: &Path, kind: Kind) -> Result<()> {
        let (store, key, attributes, file) = (self.store.clone(), parse(key)?, self.attributes(kind), file.to_owned());
        let io = |error: std::io::Error| object_store::Error::Generic { store: "spool", source: Box::new(error) };
        self.on_runtime(async move {
            let mut file = tokio::fs::File::open(&file).await.map_err(io)?;
            let length = file.metadata().await.map_err(io)?.len() as usize;
            if length <= PART {
                let mut bytes = Vec::with_capacity(length);
                file.read_to_end(&mut bytes).await.map_err(io)?;
                let options = PutOptions { attributes, ..PutOptions::default() };
                store.put_opts(&key, PutPayload::from(bytes), options).await?;
                return Ok(());
            }
            let options = PutMultipartOptions { attributes, ..PutMultipartOptions::default() };
            let mut upload = store.put_multipart_opts(&key, options).await?;
            let sent = async {
                loop {
                    let mut part = BytesMut::with_capacity(PART);
                    while part.len() < PART && file.read_buf(&mut part).await.map_err(io)? > 0 {}
                    if part.is_empty() {
                        return upload.complete().await.map(drop);
                    }
                    upload.put_part(PutPayload::from_bytes(part.freeze())).await?;
                }
            }
            .await;
            if sent.is_err() {
                // Best effort: what a failed upload leaves behind is removed by the service's own rules.
                let _ = upload.abort().await;
            }
            sent
        })
        .await
    }

    /// # Errors
    /// `NotFound` when there is no such object.
    pub async fn get(&self, key: &str) -> Result<Object> {
        let (store, key) = (self.store.clone(), parse(key)?);
        let found = self.on_runtime(async move { store.get(&key).await }).await?;
        Ok(Object { size: found.meta.size, body: found.into_stream().map_err(product_error).boxed() })
    }

    /// A whole object in memory, at most `limit` bytes of it.
    pub async fn read(&self, key: &str, limit: u64) -> Result<Bytes> {
        let (store, key) = (self.store.clone(), parse(key)?);
        let found = self.on_runtime(async move { store.get(&key).await }).await?;
        if found.meta.size > limit {
            return Err(Error::TooLarge { limit });
        }
        self.on_runtime(async move { found.bytes().await }).await
    }

    /// Deletes an object; one that is gone already is fine.
    pub async fn delete(&self, key: &str) -> Result<()> {
        let (store, key) = (self.store.clone(), parse(key)?);
        match self.on_runtime(async move { store.delete(&key).await }).await {
            Err(Error::NotFound) => Ok(()),
            other => other,
        }
    }

    /// All keys below a prefix, unsorted: for checks on small places.
    pub async fn keys(&self) -> Result<Vec<String>> {
        let store = self.store.clone();
        self.on_runtime(async move { store.list(None).map_ok(|object| object.location.to_string()).try_collect().await }).await
    }

    /// Asks the place itself whether it would serve: a bucket for its first object, a folder whether it can be written to.
    pub async fn check(&self) -> Result<()> {
        if let Some(folder) = self.folder.clone() {
            return self
                .runtime
                .spawn_blocking(move || tempfile::tempfile_in(folder).map(drop).map_err(Error::unavailable))
                .await
                .map_err(Error::internal)?;
        }
        let store = self.store.clone();
        let asked = self.on_runtime(async move { store.list(None).next().await.transpose() });
        match tokio::time::timeout(Duration::from_secs(5), asked).await {
            Ok(answer) => answer.map(drop),
            Err(_) => Err(Error::unavailable("the storage does not answer")),
        }
    }

    fn attributes(&self, kind: Kind) -> Attributes {
        if self.folder.is_some() {
            return Attributes::default();
        }
        Attributes::from_iter([
            (Attribute::ContentType, kind.media_type),
            (Attribute::CacheControl, if kind.public { IMMUTABLE } else { PRIVATE }),
        ])
    }

    async fn on_runtime<T: Send + 'static>(&self, work: impl Future<Output = object_store::Result<T>> + Send + 'static) -> Result<T> {
        self.runtime.spawn(work).await.map_err(Error::internal)?.map_err(product_error)
    }
}

fn parse(key: &str) -> Result<Key> {
    Key::parse(key).map_err(Error::internal)
}

fn product_error(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::NotFound,
        other => Error::Unavailable(format!("storage: {other}")),
    }
}

fn s3(place: &S3Place) -> Result<Arc<dyn ObjectStore>> {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&place.bucket)
        .with_region(&place.region)
        .with_access_key_id(&place.access_key_id)
        .with_secret_access_key(&place.secret_access_key)
        .with_client_options(
            ClientOptions::new().with_connect_timeout(Duration::from_secs(5)).with_timeout(Duration::from_secs(120)).with_allow_http(
                // config.rs lets plain http through on loopback only
                place.endpoint.as_ref().is_some_and(|url| url.scheme() == "http"),
            ),
        )
        .with_retry(RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() });
    if let Some(endpoint) = &place.endpoint {
        builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/')).with_virtual_hosted_style_request(false);
    }
    let store = builder.build().map_err(|error| Error::Internal(format!("STORAGE_URL: {error}")))?;
    Ok(if place.prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, place.prefix.as_str())) })
}
