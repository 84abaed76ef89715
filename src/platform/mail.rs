//! Sending a mail that is ready: over SMTP, or into a file in DATA_DIR/mail where no server is configured. Knows nothing of what
//! mails say or why.

use crate::config;
use crate::error::{Error, Result};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    /// The transport itself waits for a connection only so long, but for an answer for ever.
    Smtp(AsyncSmtpTransport<Tokio1Executor>, Duration),
    Folder(Arc<Path>),
}

/// A mail as it leaves.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Stays the same when it is sent again: whoever got it twice is shown one.
    pub id: String,
    /// Where one click ends mails of this kind (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Why a mail did not leave.
#[derive(Debug)]
pub enum Refusal {
    /// The server is away, busy, or does not like us: later it may.
    ForNow(Error),
    /// It will never take this mail.
    ForGood(Error),
}

impl Mailer {
    pub fn open(config: &config::Mail, data_dir: &Path) -> Result<Self> {
        let way = match &config.smtp {
            None => Way::Folder(data_dir.join("mail").into()),
            Some(server) => {
                type Transport = AsyncSmtpTransport<Tokio1Executor>;
                let mut builder = match (server.tls, server.plain) {
                    (true, _) => Transport::relay(&server.host).map_err(Error::internal)?,
                    (false, true) => Transport::builder_dangerous(&server.host),
                    (false, false) => Transport::starttls_relay(&server.host).map_err(Error::internal)?,
                };
                if let Some(port) = server.port {
                    builder = builder.port(port);
                }
                if let Some((user, password)) = &server.user {
                    builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
                }
                Way::Smtp(builder.timeout(Some(server.timeout)).build(), server.timeout)
            }
        };
        Ok(Mailer { from: config.from.clone(), way })
    }

    /// Whether mails reach people; otherwise they are files for the operator.
    pub fn is_real(&self) -> bool {
        matches!(self.way, Way::Smtp(..))
    }

    /// Where mails lie as files.
    pub fn folder(&self) -> Option<PathBuf> {
        match &self.way {
            Way::Folder(folder) => Some(folder.to_path_buf()),
            Way::Smtp(..) => None,
        }
    }

    /// # Errors
    /// See [`Refusal`]. An address no server could take is refused for good.
    pub async fn send(&self, mail: Outgoing) -> Result<(), Refusal> {
        let (name, id) = (file_name(&mail), mail.id.clone());
        let message = self.message(mail)?;
        match &self.way {
            Way::Smtp(transport, patience) => match tokio::time::timeout(*patience, transport.send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => {
                    let text = error.to_string();
                    // Ours to mend (a password, a policy): the mail itself is fine.
                    let ours = error.status().is_some_and(|code| ["530", "534", "535", "538"].contains(&code.to_string().as_str()));
                    let for_good = error.is_permanent() && !ours;
                    Err(if for_good { Refusal::ForGood(Error::internal(text)) } else { Refusal::ForNow(Error::internal(text)) })
                }
                Err(_) => Err(Refusal::ForNow(Error::unavailable("the mail server does not answer"))),
            },
            Way::Folder(folder) => {
                let folder = folder.clone();
                let written = tokio::task::spawn_blocking(move || write(&folder, &name, &id, &message.formatted())).await;
                written.map_err(Error::internal).and_then(|result| result.map_err(Error::unavailable)).map_err(Refusal::ForNow)
            }
        }
    }

    fn message(&self, mail: Outgoing) -> Result<Message, Refusal> {
        let for_good = |error: &dyn std::fmt::Display| Refusal::ForGood(Error::internal(error));
        let to: Address = mail.to.parse().map_err(|error| for_good(&error))?;
        let host = self.from.email.domain();
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject)
            .message_id(Some(format!("<{}@{host}>", mail.id)))
            // No answer by a machine that is on holiday.
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(address) = mail.unsubscribe {
            builder = builder
                .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        builder.multipart(MultiPart::alternative_plain_html(mail.text, mail.html)).map_err(|error| for_good(&error))
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Newest last in a listing: ids of mails grow with time.
fn file_name(mail: &Outgoing) -> String {
    let to: String = mail.to.chars().map(|c| if c.is_ascii_alphanumeric() || "@.-_+".contains(c) { c } else { '_' }).take(80).collect();
    format!("{}-{to}.eml", mail.id)
}

fn write(folder: &Path, name: &str, id: &str, bytes: &[u8]) -> std::io::Result<()> {
    config::create_private_dir(folder)?;
    // A whole file or none, for whoever watches the folder.
    let mut file = tempfile::Builder::new().prefix(&format!(".{id}")).tempfile_in(folder)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|error| error.error)?;
    Ok(())
}
