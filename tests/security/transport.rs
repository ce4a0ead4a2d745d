//! Bytes that are hardly HTTP: answered as such or dropped, and the next one is served.

use consilium_harness::{CLINIC_NAME, System};

use crate::http::{Reply, exchange};

/// Sends these bytes; 0 as status: the connection was closed without an answer.
async fn status(system: &System, request: &[u8]) -> u16 {
    let Reply { status, .. } = exchange(system.address(), request).await;
    status
}

fn get(lines: &str) -> String {
    format!("GET /_matrix/client/versions HTTP/1.1\r\n{lines}connection: close\r\n\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_hardly_http_are_refused_and_the_next_request_is_served() {
    let system = System::start(env!("CARGO_BIN_EXE_consilium")).await;
    let host = format!("host: {CLINIC_NAME}\r\n");
    let many = "x: y\r\n".repeat(2_000);
    let large = format!("x-large: {}\r\n", "x".repeat(1 << 20));
    let path = format!("GET /{} HTTP/1.1\r\n{host}connection: close\r\n\r\n", "x".repeat(100_000));
    let post = |lines: &str, body: &str| {
        format!("POST /_matrix/client/v3/login HTTP/1.1\r\n{host}connection: close\r\n{lines}\r\n{body}").into_bytes()
    };
    for (name, request, allowed) in [
        ("noise", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n".to_vec(), &[0, 400][..]),
        ("a line that is no request", b"hello\r\n\r\n".to_vec(), &[400]),
        ("a version of nobody", b"GET / HTTP/9.9\r\n\r\n".to_vec(), &[400, 505]),
        ("a header without a colon", get(&format!("{host}nonsense\r\n")).into_bytes(), &[400]),
        ("a header with a NUL", get(&format!("{host}x: a\0b\r\n")).into_bytes(), &[400]),
        ("a header of a megabyte", get(&format!("{host}{large}")).into_bytes(), &[431]),
        ("two thousand headers", get(&format!("{host}{many}")).into_bytes(), &[431]),
        ("a path of 100 kB", path.into_bytes(), &[404, 414, 431]),
        ("no host", get("").into_bytes(), &[200, 400, 404]),
        ("two hosts", get(&format!("{host}host: law.test\r\n")).into_bytes(), &[200, 400]),
        ("a host that is a path", get("host: ../../etc\r\n").into_bytes(), &[200, 400, 404]),
        (
            "a host that is not UTF-8",
            b"GET /_matrix/client/versions HTTP/1.1\r\nhost: \xff\xfe\r\nconnection: close\r\n\r\n".to_vec(),
            &[200, 400, 404],
        ),
        ("a host of 300 letters", get(&format!("host: {}\r\n", "x".repeat(300))).into_bytes(), &[200, 400, 404]),
        (
            "an absolute address of another",
            b"GET http://law.test/_matrix/client/versions HTTP/1.1\r\nhost: clinic.test\r\nconnection: close\r\n\r\n"
                .to_vec(),
            &[200, 400],
        ),
        ("a length that is a word", post("content-length: many\r\n", "{}"), &[400]),
        ("a length below zero", post("content-length: -1\r\n", "{}"), &[400]),
        ("two lengths", post("content-length: 2\r\ncontent-length: 3\r\n", "{}x"), &[400]),
        (
            "a length and chunks",
            post("content-length: 2\r\ntransfer-encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
            &[400],
        ),
        ("chunks that are none", post("transfer-encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"), &[400]),
        ("an encoding of nobody", post("transfer-encoding: magic\r\n", "{}"), &[400, 501]),
    ] {
        let status = status(&system, &request).await;
        assert!(allowed.contains(&status), "{name}: {status}, not one of {allowed:?}");
        assert_eq!(self::status(&system, get(&host).as_bytes()).await, 200, "after {name}");
    }
    let log = system.log();
    assert!(!log.contains("panic") && !log.contains("ERROR"), "{log}");
}
