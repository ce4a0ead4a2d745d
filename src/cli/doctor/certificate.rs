//! When a certificate ends. Only its `notAfter` is read, from the bytes that the handshake gave; whether it is trusted was decided there.
//!
//! Source: X.690 (DER), RFC 5280 §4.1 and §4.1.2.5.

use super::finding::Finding;
use super::outside::Distrust;

const CHECK: &str = "certificate";
/// Certificates are usually renewed 30 days before their end: one that is not, a week and more later, is not renewed by itself. Unit: days.
const DAYS_WANTED: i64 = 20;
/// So soon somebody has to do it by hand. Unit: days.
const DAYS_NEEDED: i64 = 3;
const RENEW: &str = "Renew it, and see why that does not happen by itself: certbot renew && systemctl reload nginx";
const DAY_MS: i64 = 86_400_000;

// Tags of DER.
const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// What it comes to: a certificate of `host` that ends at `end_ms`, in milliseconds since the epoch.
pub fn judge(host: &str, end_ms: Option<i64>, now_ms: i64) -> Finding {
    let Some(end_ms) = end_ms else {
        return Finding::hint(
            CHECK,
            format!("When the certificate of {host} ends cannot be read."),
            "Look at it by hand.",
        );
    };
    let days = (end_ms - now_ms).div_euclid(DAY_MS);
    let unit = if days == 1 { "day" } else { "days" };
    let says = format!("The certificate of {host} ends in {days} {unit}.");
    let remedy = RENEW;
    match days {
        ..DAYS_NEEDED => Finding::broken(CHECK, says, remedy),
        DAYS_NEEDED..DAYS_WANTED => Finding::warning(CHECK, says, remedy),
        _ => Finding::fine(CHECK, says),
    }
}

/// What it comes to that browsers refuse the certificate of `host`.
pub fn refused(host: &str, why: &Distrust) -> Finding {
    let new =
        format!("Get one for exactly that name, and name its files in the proxy: certbot certonly --nginx -d {host}");
    let (why, remedy) = match why {
        Distrust::Expired => ("has ended".to_owned(), RENEW.to_owned()),
        Distrust::NotYet => {
            ("is not valid yet".to_owned(), "Look at the clock of this machine: timedatectl".to_owned())
        }
        Distrust::OtherName => ("is for another name".to_owned(), new),
        Distrust::Unknown => (
            "is signed by nobody whom this machine trusts".to_owned(),
            format!("{new}. If that is so already, the proxy has to send its whole chain (fullchain.pem)."),
        ),
        Distrust::NoRoots => {
            let remedy = "Give this machine the list of whom browsers trust: apt install ca-certificates";
            ("cannot be judged: this machine trusts nobody".to_owned(), remedy.to_owned())
        }
        Distrust::Other(why) => (format!("is refused: {why}"), new),
    };
    Finding::broken(CHECK, format!("The certificate of {host} {why}: browsers open nothing there."), remedy)
}

/// When a certificate ends, in milliseconds since the epoch; `None`: it is not one, or its time is not written as RFC 5280 asks.
pub fn end_ms(certificate: &[u8]) -> Option<i64> {
    let (inside, _) = element(certificate, SEQUENCE)?;
    let (mut rest, _) = element(inside, SEQUENCE)?;
    if rest.first() == Some(&VERSION) {
        rest = element(rest, VERSION)?.1;
    }
    // Serial number, signature's algorithm, issuer.
    for tag in [INTEGER, SEQUENCE, SEQUENCE] {
        rest = element(rest, tag)?.1;
    }
    let (validity, _) = element(rest, SEQUENCE)?;
    let (_, not_after) = any(validity)?;
    let (tag, text, _) = parts(not_after)?;
    let text = std::str::from_utf8(text).ok()?;
    let (year, rest) = match tag {
        UTC_TIME => {
            let (year, rest) = text.split_at_checked(2)?;
            // RFC 5280: 50 and later are of the last century.
            (if year < "50" { format!("20{year}") } else { format!("19{year}") }, rest)
        }
        GENERALIZED_TIME => text.split_at_checked(4).map(|(year, rest)| (year.to_owned(), rest))?,
        _ => return None,
    };
    let digits =
        rest.strip_suffix('Z').filter(|rest| rest.len() == 10 && rest.bytes().all(|byte| byte.is_ascii_digit()))?;
    let at = |from: usize| &digits[from..from + 2];
    let text = format!("{year}-{}-{}T{}:{}:{}Z", at(0), at(2), at(4), at(6), at(8));
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

/// The content of the element of `tag` that `bytes` begin with, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = parts(bytes)?;
    (found == tag).then_some((content, rest))
}

/// The same of an element of whichever tag.
fn any(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, content, rest) = parts(bytes)?;
    Some((content, rest))
}

/// Tag and content of the element that `bytes` begin with, and what follows it.
fn parts(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], rest) = bytes.split_first_chunk::<2>()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        // A long form: how many bytes of length follow. A certificate needs no more than three.
        let (length, rest) =
            rest.split_at_checked(usize::from(first & 0x7f)).filter(|(length, _)| length.len() <= 3)?;
        (length.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{DAY_MS, Distrust, end_ms, judge, refused};
    use crate::cli::doctor::finding::Level;

    /// A certificate of `clinic.example` that ends at 2027-02-27T22:31:58Z.
    const CERTIFICATE: &str = "308201463081f9a00302010202142a332715c6673b2179b99f0cef0d27dfe8ecdee9300506032b65703019311730150603\
                               5504030c0e636c696e69632e6578616d706c65301e170d3236313132393232333135385a170d323730323237323233313538\
                               5a30193117301506035504030c0e636c696e69632e6578616d706c65302a300506032b657003210061f8cf7b0a5730703ae1\
                               6f0d6ba668b1b75023f095f2a766b87065bc7286f201a3533051301d0603551d0e041604143cd1884a029d6f5526234fa39e\
                               b1d01719db939a301f0603551d230418301680143cd1884a029d6f5526234fa39eb1d01719db939a300f0603551d130101ff\
                               040530030101ff300506032b65700341002eac2e00a33cb6a68f57eec71acf1cdb6e83c1241dbef119436de30886da3ee27a\
                               0c34c9e854146942833810a5bdd40627583d75c8a5d88450f9121d84ac4b0a";
    const END_MS: i64 = 1_803_767_518_000;

    #[test]
    fn the_end_of_a_certificate_is_read() {
        let bytes = hex::decode(CERTIFICATE).unwrap();
        assert_eq!(end_ms(&bytes), Some(END_MS));
    }

    #[test]
    fn a_time_of_four_digits_is_read_too() {
        // The end as GeneralizedTime: its element grows by two bytes, and with it what it stands in.
        let long = CERTIFICATE
            .replace("170d3237303232373232333135385a", "180f32303237303232373232333135385a")
            .replacen("30820146", "30820148", 1)
            .replacen("3081f9", "3081fb", 1)
            .replacen("301e170d", "3020170d", 1);
        assert_eq!(end_ms(&hex::decode(long).unwrap()), Some(END_MS));
    }

    #[test]
    fn what_is_cut_or_changed_is_no_certificate_and_never_a_panic() {
        let bytes = hex::decode(CERTIFICATE).unwrap();
        for length in 0..200 {
            assert_eq!(end_ms(&bytes[..length]), None, "{length}");
        }
        for at in 0..bytes.len() {
            for value in [0, 0x30, 0x7f, 0x80, 0x84, 0xff] {
                let mut changed = bytes.clone();
                changed[at] = value;
                let _ = end_ms(&changed);
            }
        }
    }

    #[test]
    fn each_reason_to_refuse_one_has_a_remedy() {
        for (why, says, remedy) in [
            (Distrust::Expired, "has ended", "certbot renew"),
            (Distrust::NotYet, "not valid yet", "timedatectl"),
            (Distrust::OtherName, "for another name", "-d yew.example"),
            (Distrust::Unknown, "signed by nobody", "fullchain.pem"),
            (Distrust::NoRoots, "cannot be judged", "ca-certificates"),
            (Distrust::Other("it is odd".to_owned()), "it is odd", "-d yew.example"),
        ] {
            let found = refused("yew.example", &why);
            assert!(found.level == Level::Broken && found.says.contains(says), "{found:?}");
            assert!(found.remedy.unwrap().contains(remedy), "{why:?}");
        }
    }

    #[test]
    fn an_end_that_is_near_is_named() {
        for (days, level) in [
            (90, Level::Fine),
            (20, Level::Fine),
            (19, Level::Warning),
            (3, Level::Warning),
            (2, Level::Broken),
            (-1, Level::Broken),
        ] {
            assert_eq!(judge("yew.example", Some(END_MS), END_MS - days * DAY_MS).level, level, "{days}");
        }
        assert_eq!(judge("yew.example", None, END_MS).level, Level::Hint);
    }
}
