//! Secrets at rest: sealed under SECRET_KEY where they are needed again (a mail that waits, the seed of a second factor), a keyed
//! digest where they only need to be recognised (codes, links). Each purpose has its own key, so that nothing sealed for one opens
//! as another.

use crate::config::SecretKey;
use crate::error::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use subtle::ConstantTimeEq;

const NONCE: usize = 24;

#[derive(Clone)]
pub struct Sealer(Arc<SecretKey>);

impl Sealer {
    pub fn new(key: SecretKey) -> Self {
        Sealer(Arc::new(key))
    }

    fn key(&self, purpose: &str) -> [u8; 32] {
        let digest = Sha256::new_with_prefix(b"picstargram ").chain_update(purpose.as_bytes()).chain_update([0]);
        digest.chain_update(self.0.as_bytes()).finalize().into()
    }

    /// Text that only [`Sealer::open`] with the same purpose reads, and that nobody changes unseen.
    pub fn seal(&self, purpose: &str, text: &str) -> Result<String> {
        let nonce: [u8; NONCE] = rand::random();
        let cipher = XChaCha20Poly1305::new(&self.key(purpose).into());
        let payload = Payload { msg: text.as_bytes(), aad: purpose.as_bytes() };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::internal("a secret could not be sealed"))?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// # Errors
    /// It was not sealed for this purpose under this key: the key was changed, or somebody changed the text.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<String> {
        let refused = || Error::internal("a sealed text does not open: SECRET_KEY is another one");
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| refused())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or_else(refused)?;
        let cipher = XChaCha20Poly1305::new(&self.key(purpose).into());
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        let text = cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| refused())?;
        String::from_utf8(text).map_err(|_| refused())
    }

    /// By which a secret is recognised: short codes cannot be guessed from it without the key.
    pub fn digest(&self, purpose: &str, text: &str) -> String {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.key(purpose)).unwrap_or_else(|_| unreachable!("any length is a key"));
        mac.update(text.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }
}

/// A secret for a link or a cookie: 32 random bytes.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_purpose_only_and_unchanged_only() {
        let sealer = Sealer::new(SecretKey::from_bytes([7; 32]));
        let sealed = sealer.seal("mail", "the code is 123456").unwrap();
        assert!(!sealed.contains("123456"));
        assert_ne!(sealed, sealer.seal("mail", "the code is 123456").unwrap());
        assert_eq!(sealer.open("mail", &sealed).unwrap(), "the code is 123456");
        assert!(sealer.open("totp", &sealed).is_err());
        assert!(Sealer::new(SecretKey::from_bytes([8; 32])).open("mail", &sealed).is_err());
        let mut changed = sealed.into_bytes();
        changed[40] ^= 1;
        assert!(sealer.open("mail", &String::from_utf8(changed).unwrap()).is_err());
        assert!(sealer.open("mail", "").is_err());
        assert_ne!(sealer.digest("code", "123456"), sealer.digest("link", "123456"));
    }
}
