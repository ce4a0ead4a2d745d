//! SIGINT and SIGTERM: the first asks for a graceful end, the second ends at once.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals, from now on ours to answer.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

/// Takes the signals. Who tells people how to stop him does so after this.
pub fn listen() -> std::io::Result<Signals> {
    Ok(Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
}

impl Signals {
    /// Waits for SIGINT or SIGTERM, also for one that came since they were taken. From then on a further one ends the process at once.
    pub async fn wait(mut self) {
        self.next().await;
        tokio::spawn(async move {
            self.next().await;
            tracing::warn!("stopped at once by a second signal");
            std::process::exit(130);
        });
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
