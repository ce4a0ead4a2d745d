//! Running the binary and asking it, by hand: the tests of the binary need no HTTP library.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The binary with `arguments`, its output caught.
pub fn consilium(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consilium"));
    command.args(arguments).env_remove("CONSILIUM_CONFIG");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end.
pub fn run(arguments: &[&str]) -> Output {
    consilium(arguments).output().unwrap()
}

/// Runs a command that must succeed, with `input` as its standard input, and gives what it prints.
pub fn done(arguments: &[&str], input: &str) -> String {
    let mut child = consilium(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// The refusal of a command that must fail.
pub fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(!output.status.success(), "{arguments:?} was accepted: {}", text(&output.stdout));
    text(&output.stderr)
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A process that is killed when the test ends, whatever happened.
pub struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts and reads its standard output up to the line that contains `last`, which must come.
    pub fn start(arguments: &[&str], last: &str) -> (Self, String) {
        let mut child = consilium(arguments).stderr(Stdio::inherit()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut running = Self { child, output };
        let printed = running.read_up_to(last);
        assert!(printed.contains(last), "it ended before it said `{last}`; it said: {printed}");
        (running, printed)
    }

    /// Starts a server and waits until it takes requests at `address`. It prints nothing.
    pub fn serve(config: &str, address: &str, environment: &[(&str, &str)]) -> Self {
        let mut command = consilium(&["serve", "--config", config]);
        let mut child = command.envs(environment.iter().copied()).stderr(Stdio::inherit()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut running = Self { child, output };
        let patience = Instant::now() + Duration::from_mins(1);
        while TcpStream::connect(address).is_err() || get(address, "/ready", address).0 != 200 {
            assert!(running.child.try_wait().unwrap().is_none() && Instant::now() < patience, "it does not start");
            std::thread::yield_now();
        }
        running
    }

    /// Reads on up to the line that contains `last`, or the end.
    pub fn read_up_to(&mut self, last: &str) -> String {
        let mut printed = String::new();
        let mut at = 0;
        while self.output.read_line(&mut printed).unwrap() > 0 && !printed[at..].contains(last) {
            at = printed.len();
        }
        printed
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end by `signal`, and gives whether it ended well and what else it printed.
    pub fn stop(&mut self, signal: Signal) -> (bool, String) {
        kill(Pid::from_raw(i32::try_from(self.pid()).unwrap()), signal).unwrap();
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().success(), rest)
    }
}

/// A GET: status and the whole answer.
pub fn get(address: &str, path: &str, host: &str) -> (u16, String) {
    ask(address, &format!("GET {path} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\nconnection: close\r\n\r\n"))
}

/// A POST of JSON: status and the whole answer.
pub fn post(address: &str, path: &str, body: &str) -> (u16, String) {
    let length = body.len();
    ask(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        ),
    )
}

/// Any request: status and the whole answer.
pub fn ask(address: &str, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = text(&answer);
    (answer[9..12].parse().unwrap(), answer)
}
