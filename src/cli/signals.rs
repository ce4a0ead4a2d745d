//! SIGINT and SIGTERM: the first asks for a graceful end, the second ends at once.

use tokio::signal::unix::{SignalKind, signal};

/// Waits for SIGINT or SIGTERM. From then on a further one ends the process at once.
pub async fn wait() -> std::io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::warn!("stopped at once by a second signal");
        std::process::exit(130);
    });
    Ok(())
}
