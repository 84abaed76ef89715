//! placeholder while the pictures are drawn elsewhere
use crate::config::Config;
use crate::error::Result;
pub async fn fill(_config: Config, _password: Option<String>) -> Result<()> {
    Ok(())
}
