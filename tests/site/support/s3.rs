//! A real S3 service in this process: the protocol and its signatures by s3s, the objects in a folder. Requests that are not
//! signed with [`SECRET`] are refused, as anywhere else.

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use std::path::Path;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub const BUCKET: &str = "photos";
/// Objects lie below a prefix, so that the tests notice a key that escapes it.
pub const PREFIX: &str = "site/one";
pub const ACCESS_KEY: &str = "tests";
pub const SECRET: &str = "a secret only the tests know";

pub struct S3Server {
    endpoint: String,
    serving: JoinHandle<()>,
}

impl S3Server {
    /// Serves the folder `root` on a free port of this machine until it is dropped.
    pub async fn start(root: &Path) -> Self {
        std::fs::create_dir_all(root.join(BUCKET)).expect("the bucket's folder can be made");
        let files = s3s_fs::FileSystem::new(root).expect("s3s-fs opens its folder");
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET));
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
        let serving = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    // A client that goes away is no concern of the server's.
                    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
                });
            }
        });
        S3Server { endpoint, serving }
    }

    /// What `STORAGE_URL` would be.
    pub fn storage_url(&self) -> String {
        format!("s3://{BUCKET}/{PREFIX}?region=eu-central-1&endpoint={}", self.endpoint)
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
