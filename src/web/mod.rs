//! The HTTP vocabulary all rooms share: who asks and how, answers as page, fragment or redirect, forms with their errors,
//! words in two languages, assets, guards. Knows no feature.

pub mod assets;
pub mod client;
pub mod compression;
pub mod cookies;
pub mod errors;
pub mod filters;
pub mod flash;
pub mod form;
pub mod health;
pub mod i18n;
pub mod layout;
pub mod origin_guard;
pub mod paging;
pub mod request_log;
pub mod respond;
pub mod security_headers;
pub mod viewer;
pub mod visit;

pub use form::FieldErrors;
pub use layout::Layout;
pub use viewer::{Avatar, Role, UserId, Viewer};
pub use visit::Visit;
