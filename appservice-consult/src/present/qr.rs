//! A text as a picture that phones read.

use qrcode::{Color, EcLevel, QrCode as Code};

use crate::api::types::QrCode;

/// White squares around a code: phones find it by them.
const QUIET: usize = 4;

/// The picture of an address.
pub(super) fn qr(text: &str) -> QrCode {
    let code = Code::with_error_correction_level(text, EcLevel::M);
    let code = code.expect("an origin and a code are far shorter than the 2331 bytes that fit");
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let squares = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
    QrCode { size: width + 2 * QUIET, path: squares.collect() }
}

#[cfg(test)]
mod tests {
    use super::{QUIET, qr};

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_border() {
        let code = qr("https://clinic.example/?rehearsal=00112233445566778899aabb");
        let width = code.size - 2 * QUIET;
        assert_eq!((width - 17) % 4, 0, "a size that there is");
        for (x, y) in [(0, 0), (width - 7, 0), (0, width - 7)] {
            assert!(code.path.contains(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)), "a corner at {x} {y}");
        }
        assert!(!code.path.contains("M0 ") && !code.path.contains(&format!("M{} ", code.size - 1)));
    }
}
