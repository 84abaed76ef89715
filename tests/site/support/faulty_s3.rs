//! The S3 service of the tests with faults in front of it: a rule says which requests go wrong, how, and how many of them.

use super::s3::{ACCESS_KEY, BUCKET, PREFIX, SECRET};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::stream::{ByteStream, DynByteStream};
use s3s::{Body, StdError};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// What a request wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Put,
    Get,
    Delete,
    Any,
}

impl Op {
    fn of<B>(request: &Request<B>) -> Self {
        match request.method().as_str() {
            "DELETE" => Op::Delete,
            // Deletions of several objects are posted.
            "POST" if request.uri().query().is_some_and(|query| query.split('&').any(|word| word.starts_with("delete"))) => Op::Delete,
            "PUT" | "POST" => Op::Put,
            _ => Op::Get,
        }
    }
}

#[derive(Clone, Debug)]
pub enum Fault {
    /// This status, with this code of S3's.
    Status(u16, &'static str),
    /// The connection ends without an answer.
    HangUp,
    /// The request is taken and never answered.
    Silence,
    /// Some bytes of the body come, and then none.
    Stall,
    /// Half of the body comes; its said length is the whole one's.
    Truncate,
    /// The first bytes of the answer's body are others.
    CorruptAnswer,
    /// The first bytes of what is put are others when they arrive.
    CorruptRequest,
    /// The answer names another ETag than the object has.
    WrongTag,
    /// Waits before the request is done.
    HoldBefore(Gate),
    /// Waits when it is done, before it is answered.
    HoldAfter(Gate),
}

/// Where a request waits until the test lets it go on.
#[derive(Clone, Debug)]
pub struct Gate {
    reached: Arc<Semaphore>,
    opened: Arc<Semaphore>,
}

impl Default for Gate {
    fn default() -> Self {
        Gate { reached: Arc::new(Semaphore::new(0)), opened: Arc::new(Semaphore::new(0)) }
    }
}

impl Gate {
    /// Waits until so many requests stand before it.
    pub async fn reached(&self, requests: u32) {
        self.reached.acquire_many(requests).await.expect("never closed").forget();
    }

    /// Lets so many of them go on.
    pub fn open(&self, requests: usize) {
        self.opened.add_permits(requests);
    }

    async fn pass(&self) {
        self.reached.add_permits(1);
        self.opened.acquire().await.expect("never closed").forget();
    }
}

struct Rule {
    op: Op,
    fault: Fault,
    left: usize,
}

type Rules = Arc<Mutex<Vec<Rule>>>;

pub struct FaultyS3 {
    endpoint: String,
    rules: Rules,
    serving: JoinHandle<()>,
}

impl FaultyS3 {
    pub async fn start(root: &Path) -> Self {
        std::fs::create_dir_all(root.join(BUCKET)).expect("the bucket's folder can be made");
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(root).expect("s3s-fs opens its folder"));
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET));
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
        let rules = Rules::default();
        let shared = rules.clone();
        let serving = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (service, rules) = (service.clone(), shared.clone());
                tokio::spawn(async move {
                    let answer = service_fn(move |request| answer(service.clone(), rules.clone(), request));
                    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), answer).await;
                });
            }
        });
        FaultyS3 { endpoint, rules, serving }
    }

    /// What the environment of a site on it holds; a service that is silent for `timeout` seconds does not answer.
    pub fn environment(&self, timeout: f64) -> [(&'static str, String); 3] {
        let url = format!("s3://{BUCKET}/{PREFIX}?region=eu-central-1&endpoint={}&timeout={timeout}", self.endpoint);
        [("STORAGE_URL", url), ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()), ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned())]
    }

    /// From now on such requests go wrong.
    pub fn breaks(&self, op: Op, fault: Fault) {
        self.breaks_times(usize::MAX, op, fault);
    }

    /// The next few such requests go wrong.
    pub fn breaks_times(&self, left: usize, op: Op, fault: Fault) {
        self.rules.lock().expect("not poisoned").push(Rule { op, fault, left });
    }

    /// Everything works again.
    pub fn heals(&self) {
        self.rules.lock().expect("not poisoned").clear();
    }
}

impl Drop for FaultyS3 {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn fault_for(rules: &Rules, op: Op) -> Option<Fault> {
    let mut rules = rules.lock().expect("not poisoned");
    let rule = rules.iter_mut().find(|rule| rule.left > 0 && (rule.op == Op::Any || rule.op == op))?;
    rule.left -= 1;
    Some(rule.fault.clone())
}

async fn answer(service: S3Service, rules: Rules, request: Request<hyper::body::Incoming>) -> Result<Response<Body>, StdError> {
    let fault = fault_for(&rules, Op::of(&request));
    let (parts, body) = request.into_parts();
    let mut body = Body::from(body);
    match &fault {
        Some(Fault::Status(status, code)) => {
            // A real service reads what it refuses; one that does not cuts the connection, which is another fault.
            let _ = collect(body).await;
            let text =
                format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>A test says so.</Message></Error>");
            let answer = Response::builder().status(StatusCode::from_u16(*status)?).header(header::CONTENT_TYPE, "application/xml");
            return Ok(answer.body(Body::from(text))?);
        }
        Some(Fault::HangUp) => return Err("hung up".into()),
        Some(Fault::Silence) => std::future::pending::<()>().await,
        Some(Fault::CorruptRequest) => body = Body::from(corrupted(collect(body).await?)),
        Some(Fault::HoldBefore(gate)) => gate.pass().await,
        _ => {}
    }
    let answer = service.call(Request::from_parts(parts, body)).await.map_err(|error| format!("{error:?}"))?;
    if let Some(Fault::HoldAfter(gate)) = &fault {
        gate.pass().await;
    }
    let (mut parts, body) = answer.into_parts();
    if matches!(fault, Some(Fault::WrongTag)) {
        parts.headers.insert(header::ETAG, header::HeaderValue::from_static("\"00000000000000000000000000000000\""));
    }
    if !parts.status.is_success() {
        return Ok(Response::from_parts(parts, body));
    }
    let body = match fault {
        Some(Fault::CorruptAnswer) => Body::from(corrupted(collect(body).await?)),
        Some(Fault::Stall) => first_bytes_of(collect(body).await?, true),
        Some(Fault::Truncate) => first_bytes_of(collect(body).await?, false),
        _ => body,
    };
    Ok(Response::from_parts(parts, body))
}

async fn collect(body: Body) -> Result<Bytes, StdError> {
    let chunks: Vec<Bytes> = body.try_collect().await?;
    Ok(chunks.concat().into())
}

fn corrupted(bytes: Bytes) -> Bytes {
    bytes.iter().enumerate().map(|(at, byte)| if at < 64 { !byte } else { *byte }).collect()
}

/// Half of the bytes; then nothing more, for ever or at once.
fn first_bytes_of(bytes: Bytes, stalls: bool) -> Body {
    let half = futures_util::stream::iter([Ok(bytes.slice(..bytes.len() / 2))]);
    let stream: Stream = if stalls { Box::pin(half.chain(futures_util::stream::pending())) } else { Box::pin(half) };
    Body::from(Box::pin(Half(stream)) as DynByteStream)
}

type Stream = Pin<Box<dyn futures_util::Stream<Item = Result<Bytes, StdError>> + Send + Sync>>;

struct Half(Stream);

impl futures_util::Stream for Half {
    type Item = Result<Bytes, StdError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl ByteStream for Half {}
