//! Where objects live: a folder or an S3 bucket, by address, over the object_store crate.
//!
//! In a folder a write goes to a temporary file, is synced, and renamed: an object is whole or absent. Deleting what is gone
//! already is no error, so that a deletion can be repeated. Calls run on the program's own runtime: they end even when the
//! request that asked for them has gone away.
//!
//! While a site moves there are two places: what is written goes to the new one, what is read and not there yet comes from the
//! old one, and what is deleted goes from both.

mod place;

use crate::config::StoragePlace;
use crate::error::{Error, Result};
use crate::platform::crash;
use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, PutPayload};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

pub use place::Kind;
use place::Place;

/// A larger object goes up in parts of this many bytes (S3 wants at least 5 MiB each).
const PART: usize = 8 * 1024 * 1024;
/// Bytes read from a spool file at once.
const CHUNK: usize = 256 * 1024;

#[derive(Clone)]
pub struct Storage {
    current: Place,
    old: Option<Place>,
    runtime: Handle,
}

/// An object on its way out.
pub struct Object {
    /// Bytes of the whole object.
    pub size: u64,
    /// Which of them `body` holds.
    pub range: Range<u64>,
    pub body: BoxStream<'static, Result<Bytes>>,
}

/// An object as a listing shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub key: String,
    pub bytes: u64,
}

impl Storage {
    /// Opens a place, and the one it moved from. Call it on the program's multi-threaded runtime.
    pub fn open(place: &StoragePlace, old: Option<&StoragePlace>) -> Result<Self> {
        Ok(Storage { current: Place::open(place)?, old: old.map(Place::open).transpose()?, runtime: Handle::current() })
    }

    /// The place this one moved from, alone.
    pub fn old(&self) -> Option<Storage> {
        let old = self.old.clone()?;
        Some(Storage { current: old, old: None, runtime: self.runtime.clone() })
    }

    /// Puts a whole object. When this returns, it is on disk (or with the S3 service).
    pub async fn put(&self, key: &str, bytes: Bytes, kind: Kind) -> Result<()> {
        let (store, attributes, unfinished) = (self.current.store.clone(), self.current.attributes(kind), self.current.unfinished(key));
        let key = parse(key)?;
        self.on_runtime(async move {
            unfinished.clear().await;
            let options = PutOptions { attributes, ..PutOptions::default() };
            store.put_opts(&key, PutPayload::from_bytes(bytes), options).await?;
            Ok(())
        })
        .await
    }

    /// Puts a file from disk, in parts when it is large: memory stays at one part.
    pub async fn put_file(&self, key: &str, file: &Path, kind: Kind) -> Result<()> {
        let unreadable = |error: std::io::Error| Error::Unavailable(format!("the spool cannot be read: {error}"));
        let file = tokio::fs::File::open(file).await.map_err(unreadable)?;
        let chunks = futures_util::stream::try_unfold(file, move |mut file| async move {
            let mut chunk = BytesMut::with_capacity(CHUNK);
            let read = tokio::io::AsyncReadExt::read_buf(&mut file, &mut chunk).await.map_err(unreadable)?;
            Ok((read > 0).then(|| (chunk.freeze(), file)))
        });
        self.put_stream(key, chunks, kind).await
    }

    /// Puts what a stream brings, in parts when it is much: memory stays at one part. A stream that fails leaves nothing.
    pub async fn put_stream(&self, key: &str, chunks: impl Stream<Item = Result<Bytes>> + Send + 'static, kind: Kind) -> Result<()> {
        let (store, attributes, unfinished) = (self.current.store.clone(), self.current.attributes(kind), self.current.unfinished(key));
        let key = parse(key)?;
        let work = async move {
            unfinished.clear().await;
            let mut chunks = Box::pin(chunks);
            let mut rest = BytesMut::new();
            let first = next_part(&mut chunks, &mut rest).await?;
            if first.content_length() < PART {
                let options = PutOptions { attributes, ..PutOptions::default() };
                return store.put_opts(&key, first, options).await.map(drop).map_err(product_error);
            }
            let options = PutMultipartOptions { attributes, ..PutMultipartOptions::default() };
            let mut upload = store.put_multipart_opts(&key, options).await.map_err(product_error)?;
            let sent = async {
                let mut part = first;
                while part.content_length() > 0 {
                    upload.put_part(part).await.map_err(product_error)?;
                    crash::point("storage.part_put");
                    part = next_part(&mut chunks, &mut rest).await?;
                }
                upload.complete().await.map(drop).map_err(product_error)
            }
            .await;
            if sent.is_err() {
                // Best effort: what a failed upload leaves behind is removed by the service's own rules.
                let _ = upload.abort().await;
            }
            sent
        };
        self.runtime.spawn(work).await.map_err(Error::internal)?
    }

    /// # Errors
    /// `NotFound` when there is no such object.
    pub async fn get(&self, key: &str) -> Result<Object> {
        self.get_range(key, None).await
    }

    /// Some bytes of an object; a range that ends beyond it is cut to it.
    ///
    /// # Errors
    /// `NotFound` when there is no such object.
    pub async fn get_range(&self, key: &str, range: Option<Range<u64>>) -> Result<Object> {
        let key = parse(key)?;
        let found = self
            .ask_either(move |store| {
                let (key, range) = (key.clone(), range.clone().map(GetRange::Bounded));
                async move { store.get_opts(&key, GetOptions { range, ..GetOptions::default() }).await }
            })
            .await?;
        Ok(Object { size: found.meta.size, range: found.range.clone(), body: found.into_stream().map_err(product_error).boxed() })
    }

    /// A whole object in memory, at most `limit` bytes of it.
    pub async fn read(&self, key: &str, limit: u64) -> Result<Bytes> {
        let key = parse(key)?;
        let found = self
            .ask_either(move |store| {
                let key = key.clone();
                async move { store.get(&key).await }
            })
            .await?;
        if found.meta.size > limit {
            return Err(Error::TooLarge { limit });
        }
        self.on_runtime(async move { found.bytes().await }).await
    }

    /// Bytes of an object, `None` when it is not there.
    pub async fn size_of(&self, key: &str) -> Result<Option<u64>> {
        let key = parse(key)?;
        let found = self
            .ask_either(move |store| {
                let key = key.clone();
                async move { store.head(&key).await }
            })
            .await;
        match found {
            Ok(meta) => Ok(Some(meta.size)),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Deletes an object; one that is gone already is fine.
    pub async fn delete(&self, key: &str) -> Result<()> {
        let path = parse(key)?;
        for place in self.places() {
            let (store, path, unfinished) = (place.store.clone(), path.clone(), place.unfinished(key));
            let deleted = self.on_runtime(async move {
                unfinished.clear().await;
                store.delete(&path).await
            });
            match deleted.await {
                Ok(()) | Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Every object, in no order, as the place tells them: memory does not grow with their number. While a site moves, one that
    /// is in both places comes twice.
    pub fn list(&self) -> BoxStream<'static, Result<Listed>> {
        let lists: Vec<_> = self.places().map(|place| place.store.list(None)).collect();
        futures_util::stream::iter(lists)
            .flatten()
            .map_ok(|object| Listed { key: object.location.to_string(), bytes: object.size })
            .map_err(product_error)
            .boxed()
    }

    /// Asks the place itself whether it would serve: a bucket for its first object, a folder whether it can be written to.
    pub async fn check(&self) -> Result<()> {
        if let Some(folder) = self.current.folder.clone() {
            return self
                .runtime
                .spawn_blocking(move || tempfile::tempfile_in(folder).map(drop).map_err(Error::unavailable))
                .await
                .map_err(Error::internal)?;
        }
        let store = self.current.store.clone();
        let asked = self.on_runtime(async move { store.list(None).next().await.transpose() });
        match tokio::time::timeout(Duration::from_secs(5), asked).await {
            Ok(answer) => answer.map(drop),
            Err(_) => Err(Error::unavailable("the storage does not answer")),
        }
    }

    /// Whether what failed has surely not been done.
    pub fn is_folder(&self) -> bool {
        self.current.folder.is_some()
    }

    fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.current).chain(&self.old)
    }

    /// Asks the current place, then, for what is not there yet, the old one.
    async fn ask_either<T, F>(&self, ask: impl Fn(Arc<dyn ObjectStore>) -> F) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = object_store::Result<T>> + Send + 'static,
    {
        match (self.on_runtime(ask(self.current.store.clone())).await, &self.old) {
            (Err(Error::NotFound), Some(old)) => self.on_runtime(ask(old.store.clone())).await,
            (found, _) => found,
        }
    }

    async fn on_runtime<T: Send + 'static>(&self, work: impl Future<Output = object_store::Result<T>> + Send + 'static) -> Result<T> {
        self.runtime.spawn(work).await.map_err(Error::internal)?.map_err(product_error)
    }
}

/// Exactly [`PART`] bytes, less only at the end: some services want parts of one size. `rest` keeps what is over.
async fn next_part(chunks: &mut (impl Stream<Item = Result<Bytes>> + Unpin), rest: &mut BytesMut) -> Result<PutPayload> {
    while rest.len() < PART
        && let Some(chunk) = chunks.try_next().await?
    {
        rest.extend_from_slice(&chunk);
    }
    let part = rest.split_to(rest.len().min(PART));
    Ok(PutPayload::from_bytes(part.freeze()))
}

fn parse(key: &str) -> Result<Key> {
    Key::parse(key).map_err(Error::internal)
}

fn product_error(error: object_store::Error) -> Error {
    match error {
        // A bucket that is missing says nothing about its objects: none is lost, and none is deleted.
        object_store::Error::NotFound { source, .. } if source.to_string().contains("NoSuchBucket") => {
            Error::Unavailable(format!("storage: the bucket is missing: {source}"))
        }
        object_store::Error::NotFound { .. } => Error::NotFound,
        other => Error::Unavailable(format!("storage: {other}")),
    }
}
