//! Ctrl-C: the first ends the run cleanly, the second at once.

use super::INTERRUPTED;
use anyhow::{Context, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A value that is set on Ctrl-C, and where there are such signals also when the process is asked to end.
///
/// # Errors
/// The system does not allow to listen for it.
pub fn on_signal() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED.into());
        }
    })
    .context("can't listen for Ctrl-C")?;
    Ok(stop)
}
