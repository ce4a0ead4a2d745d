//! Ports on loopback for processes that a test starts, stops and starts again: they stay the test's own, whatever else the machine does.
//!
//! A port that is only looked for and let go may be anybody's by the time a process takes it: another test's, or that of an outgoing connection.
//! So a socket stays bound to it, without listening, until the test's process ends. With `SO_REUSEADDR` on both sides a listener may share the port
//! with such a socket (socket(7)), and every server sets it; the operating system gives the port to nobody who does not name it.

use std::io;
use std::mem;
use std::net::{Ipv4Addr, SocketAddr};

use socket2::{Domain, Socket, Type};

/// Loopback addresses whose TCP ports are kept for this process.
///
/// # Errors
/// Where no port is left.
pub fn reserve<const N: usize>() -> io::Result<[SocketAddr; N]> {
    let mut reserved = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)); N];
    for address in &mut reserved {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_reuse_address(true)?;
        socket.bind(&(*address).into())?;
        *address = socket.local_addr()?.as_socket().ok_or(io::ErrorKind::Unsupported)?;
        // Bound until the process ends: a test may start its server again at any time.
        mem::forget(socket);
    }
    Ok(reserved)
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn a_reserved_port_is_given_to_whoever_names_it_and_to_nobody_else() -> io::Result<()> {
        let [reserved] = reserve()?;
        let others = (0..200).map(|_| TcpListener::bind("127.0.0.1:0")).collect::<io::Result<Vec<_>>>()?;
        assert!(others.iter().all(|other| other.local_addr().is_ok_and(|address| address != reserved)));
        assert!(TcpStream::connect(reserved).is_err(), "nobody listens");
        for _ in 0..3 {
            let listener = TcpListener::bind(reserved)?;
            let _connection = TcpStream::connect(reserved)?;
            assert!(TcpListener::bind(reserved).is_err(), "it has one listener");
            drop(listener);
        }
        Ok(())
    }

    #[test]
    fn no_two_are_the_same() -> io::Result<()> {
        let mut ports: Vec<u16> = reserve::<100>()?.iter().map(SocketAddr::port).collect();
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), 100);
        Ok(())
    }
}
