//! One place where objects lie: a folder or a bucket, opened from its address.

use crate::config::{S3Place, StoragePlace};
use crate::error::{Error, Result};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{Attribute, Attributes, ClientOptions, ObjectStore, RetryConfig};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Keys never change their content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const PRIVATE: &str = "private, no-store";

/// What S3 is told about an object; a folder keeps no attributes (the site knows them from its own rows).
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub media_type: &'static str,
    pub public: bool,
}

#[derive(Clone)]
pub(super) struct Place {
    pub store: Arc<dyn ObjectStore>,
    pub folder: Option<PathBuf>,
}

impl Place {
    /// A folder is made when it is missing.
    pub fn open(place: &StoragePlace) -> Result<Self> {
        match place {
            StoragePlace::Folder(path) => {
                std::fs::create_dir_all(path)
                    .map_err(|error| Error::Internal(format!("the media folder {} cannot be made: {error}", path.display())))?;
                let store = LocalFileSystem::new_with_prefix(path).map_err(Error::internal)?.with_fsync(true);
                Ok(Place { store: Arc::new(store), folder: Some(path.clone()) })
            }
            StoragePlace::S3(place) => Ok(Place { store: s3(place)?, folder: None }),
        }
    }

    pub fn attributes(&self, kind: Kind) -> Attributes {
        if self.folder.is_some() {
            return Attributes::default();
        }
        Attributes::from_iter([
            (Attribute::ContentType, kind.media_type),
            (Attribute::CacheControl, if kind.public { IMMUTABLE } else { PRIVATE }),
        ])
    }

    pub fn unfinished(&self, key: &str) -> Unfinished {
        Unfinished(self.folder.as_ref().map(|folder| folder.join(key)))
    }
}

/// What a process that died in the middle of a put leaves in a folder: `{key}#1` and so on, which no listing shows. The next put
/// of the key takes it away, and so does its deletion.
pub(super) struct Unfinished(Option<PathBuf>);

impl Unfinished {
    pub async fn clear(&self) {
        let Some(path) = &self.0 else { return };
        for number in 1.. {
            let mut file = path.clone().into_os_string();
            file.push(format!("#{number}"));
            // Numbers are given without a gap: the first that is missing is the end.
            if tokio::fs::remove_file(file).await.is_err() {
                return;
            }
        }
    }
}

fn s3(place: &S3Place) -> Result<Arc<dyn ObjectStore>> {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&place.bucket)
        .with_region(&place.region)
        .with_access_key_id(&place.access_key_id)
        .with_secret_access_key(&place.secret_access_key)
        .with_client_options(
            ClientOptions::new()
                .with_connect_timeout(Duration::from_secs(5).min(place.timeout))
                .with_read_timeout(place.timeout)
                // As a whole it may take longer: what goes to a slow browser takes the time that one needs.
                .with_timeout(20 * place.timeout)
                // config/reader.rs lets plain http through on loopback only
                .with_allow_http(place.endpoint.as_ref().is_some_and(|url| url.scheme() == "http")),
        )
        .with_retry(RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() });
    if let Some(endpoint) = &place.endpoint {
        builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/')).with_virtual_hosted_style_request(false);
    }
    let store = builder.build().map_err(|error| Error::Internal(format!("STORAGE_URL: {error}")))?;
    Ok(if place.prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, place.prefix.as_str())) })
}
