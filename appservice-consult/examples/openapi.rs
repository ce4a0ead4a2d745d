//! Prints the `OpenAPI` document: `cargo run -p consilium-consult --example openapi > clients/kit/api/openapi.json`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(consilium_consult::openapi_json().as_bytes())
}
