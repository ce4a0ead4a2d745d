//! Logins that nobody chose: three syllables and four digits, such as `tamilo-4827`, to be said over the telephone and typed on a phone. It says nothing of who
//! has it.

/// Letters that are told apart by ear, and make no words that one would not want to be called.
const CONSONANTS: [char; 10] = ['b', 'd', 'l', 'm', 'n', 'r', 's', 't', 'v', 'z'];
const VOWELS: [char; 4] = ['a', 'e', 'i', 'o'];
const SYLLABLES: usize = 3;
/// One more than the largest number.
const NUMBERS: u32 = 10_000;

/// The login that follows from random bytes: 64,000 beginnings with 10,000 numbers each. Of fewer than seven bytes, what is missing counts as 0.
pub(super) fn of(bytes: &[u8]) -> String {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let mut login = String::new();
    for at in 0..SYLLABLES {
        let byte = usize::from(byte(at));
        login.push(CONSONANTS[byte % CONSONANTS.len()]);
        login.push(VOWELS[byte / CONSONANTS.len() % VOWELS.len()]);
    }
    let number = u32::from_be_bytes([byte(3), byte(4), byte(5), byte(6)]) % NUMBERS;
    format!("{login}-{number:04}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::of;

    #[test]
    fn a_login_is_three_syllables_and_four_digits() {
        assert_eq!(of(&[0; 32]), "bababa-0000");
        assert_eq!(of(&[255; 32]), "rerere-7295");
        assert_eq!(of(&[17, 23, 39, 0, 0, 18, 219]), "temizo-4827");
        assert_eq!(of(&[17]), "tebaba-0000");
    }

    #[test]
    fn other_bytes_are_another_login() {
        let all: BTreeSet<String> = (0..40_u8).map(|byte| of(&[byte, 1, 2, 3, 4, 5, 6])).collect();
        assert_eq!(all.len(), 40, "each pair of letters has its byte");
        for login in all {
            assert!(login.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        }
    }
}
