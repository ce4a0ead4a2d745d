//! Tells cargo that the binary embeds the built web apps, so that a new build of them gives a new binary.

fn main() {
    for app in ["patient", "console"] {
        println!("cargo:rerun-if-changed=clients/{app}/dist");
    }
}
