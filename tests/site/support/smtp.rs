//! A mail server on loopback (RFC 5321, as much as a client says): keeps what it is given, and can also refuse, be busy, hang up in
//! the middle, or never answer. It speaks in the clear, or encrypted from the first byte or after STARTTLS, and then takes no mail before.

use mailparse::{MailHeaderMap, ParsedMail};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto::aws_lc_rs};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Fine,
    /// No such mailbox, for good.
    Refuses,
    /// Later, perhaps.
    Busy,
    HangsUp,
    /// Never answers.
    Stalls,
}

/// What a server proves itself with: a certificate of its own making, as those who shall trust it need it.
pub struct Identity {
    pub pem: String,
    acceptor: TlsAcceptor,
}

impl Identity {
    pub fn of(host: &str) -> Self {
        let made = rcgen::generate_simple_self_signed([host.to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows them")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("key and certificate belong together");
        Identity { pem: made.cert.pem(), acceptor: TlsAcceptor::from(Arc::new(config)) }
    }
}

#[derive(Clone)]
enum Encryption {
    None,
    FromTheFirstByte(TlsAcceptor),
    AfterStartTls(TlsAcceptor),
}

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub raw: String,
}

impl Received {
    pub fn parse(to: String, raw: String) -> Self {
        let mail = mailparse::parse_mail(raw.as_bytes()).expect("a mail is well formed");
        let subject = mail.headers.get_first_value("Subject").unwrap_or_default();
        let (text, html) = (part(&mail, "text/plain"), part(&mail, "text/html"));
        Received { to, subject, text, html, raw }
    }

    pub fn header(&self, name: &str) -> Option<String> {
        let mail = mailparse::parse_mail(self.raw.as_bytes()).expect("a mail is well formed");
        mail.headers.get_first_value(name)
    }

    /// The six digits in it.
    pub fn code(&self) -> String {
        let words = self.text.split_whitespace();
        words.filter(|word| word.len() == 6).find(|word| word.bytes().all(|b| b.is_ascii_digit())).expect("a code in the mail").to_owned()
    }

    /// The path of the first link into the site that begins so.
    pub fn link(&self, start: &str) -> String {
        let at = self.text.find(start).unwrap_or_else(|| panic!("no {start} in:\n{}", self.text));
        self.text[at..].split_whitespace().next().expect("a link").to_owned()
    }
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> String {
    if mail.ctype.mimetype == kind {
        return mail.get_body().expect("a body is decoded");
    }
    mail.subparts.iter().map(|sub| part(sub, kind)).find(|text| !text.is_empty()).unwrap_or_default()
}

pub struct SmtpServer {
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    received: Arc<Mutex<Vec<Received>>>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl SmtpServer {
    pub async fn start() -> Self {
        Self::start_with("smtp", "127.0.0.1", Encryption::None).await
    }

    /// In the clear, at another name of this machine.
    pub async fn start_at(host: &str) -> Self {
        Self::start_with("smtp", host, Encryption::None).await
    }

    pub async fn start_encrypted(host: &str, identity: &Identity) -> Self {
        Self::start_with("smtps", host, Encryption::FromTheFirstByte(identity.acceptor.clone())).await
    }

    pub async fn start_with_starttls(host: &str, identity: &Identity) -> Self {
        Self::start_with("smtp", host, Encryption::AfterStartTls(identity.acceptor.clone())).await
    }

    async fn start_with(scheme: &str, host: &str, encryption: Encryption) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("{scheme}://{host}:{}?timeout=1", listener.local_addr().expect("an address").port());
        let (mood, received) = (Arc::<Mutex<Mood>>::default(), Arc::<Mutex<Vec<Received>>>::default());
        let (mood_then, kept) = (mood.clone(), received.clone());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (mood, kept, encryption) = (mood_then.clone(), kept.clone(), encryption.clone());
                // A client that goes away in the middle is no problem of ours.
                tokio::spawn(async move { receive(stream, encryption, &mood, &kept).await.ok() });
            }
        });
        SmtpServer { url, mood, received, serving }
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().expect("not poisoned") = mood;
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("not poisoned").clone()
    }
}

async fn receive(stream: TcpStream, encryption: Encryption, mood: &Mutex<Mood>, kept: &Mutex<Vec<Received>>) -> std::io::Result<()> {
    const GREETING: &str = "220 test\r\n";
    match encryption {
        Encryption::None => talk(stream, GREETING, false, mood, kept).await.map(drop),
        Encryption::FromTheFirstByte(acceptor) => talk(acceptor.accept(stream).await?, GREETING, false, mood, kept).await.map(drop),
        Encryption::AfterStartTls(acceptor) => match talk(stream, GREETING, true, mood, kept).await? {
            Some(stream) => talk(acceptor.accept(stream).await?, "", false, mood, kept).await.map(drop),
            None => Ok(()),
        },
    }
}

/// Gives the connection back when it shall be encrypted.
async fn talk<S>(stream: S, greeting: &str, wants_tls: bool, mood: &Mutex<Mood>, kept: &Mutex<Vec<Received>>) -> std::io::Result<Option<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mood_now = || *mood.lock().expect("not poisoned");
    if mood_now() == Mood::Stalls {
        std::future::pending::<()>().await;
    }
    let mut stream = BufReader::new(stream);
    stream.write_all(greeting.as_bytes()).await?;
    stream.flush().await?;
    let (mut line, mut to) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let command = line.split([' ', '\r', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &str = match (command.as_str(), mood_now()) {
            ("EHLO" | "HELO", _) if wants_tls => "250-test\r\n250-STARTTLS\r\n250 8BITMIME\r\n",
            ("EHLO" | "HELO", _) => "250-test\r\n250 8BITMIME\r\n",
            ("STARTTLS", _) if wants_tls => {
                stream.write_all(b"220 go on\r\n").await?;
                return Ok(Some(stream.into_inner()));
            }
            ("MAIL", _) if wants_tls => "530 STARTTLS first\r\n",
            ("MAIL", Mood::Busy) => "451 later\r\n",
            ("RCPT", Mood::Refuses) => "550 no such mailbox\r\n",
            ("RCPT", _) => {
                to = line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(to, _)| to.to_owned()).unwrap_or_default();
                "250 fine\r\n"
            }
            ("DATA", Mood::HangsUp) => return Ok(None),
            ("DATA", _) => {
                stream.write_all(b"354 go on\r\n").await?;
                stream.flush().await?;
                let mut raw = String::new();
                loop {
                    line.clear();
                    if stream.read_line(&mut line).await? == 0 {
                        return Ok(None);
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                kept.lock().expect("not poisoned").push(Received::parse(to.clone(), raw));
                "250 kept\r\n"
            }
            ("QUIT", _) => {
                stream.write_all(b"221 bye\r\n").await?;
                stream.flush().await?;
                return Ok(None);
            }
            _ => "250 fine\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
        stream.flush().await?;
    }
}
