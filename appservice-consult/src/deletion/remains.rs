//! What the end of an account leaves, in words: for who decides, and for the receipt. Honest: it may be read years later.

/// What is still there, in a language of the product; English where it has none.
pub fn remains(language: &str) -> Vec<String> {
    let words: &[&str] = if language == "ru" { &RUSSIAN } else { &ENGLISH };
    words.iter().map(|words| (*words).to_owned()).collect()
}

const ENGLISH: [&str; 5] = [
    "When consultations took place, in which service and with whom, without a name and without content: for reports and accounts.",
    "Which consents were given and withdrawn, when, and their texts, without a name: it shows that what was done was allowed.",
    "The audit log: who read, changed and erased what, with the technical name of the account and without content.",
    "Encrypted messages at the server, whose keys nobody here uses any more, and what others keep on their own devices.",
    "Backups made before, until they are overwritten.",
];

const RUSSIAN: [&str; 5] = [
    "Когда были консультации, в какой службе и с кем — без имени и без содержания: для отчётов и расчётов.",
    "Какие согласия были даны и отозваны, когда и с каким текстом — без имени: это подтверждает, что всё делалось с согласия.",
    "Журнал аудита: кто что читал, менял и удалял, с техническим именем учётной записи и без содержания.",
    "Зашифрованные сообщения на сервере, ключи к которым здесь больше не используются, и то, что другие хранят на своих устройствах.",
    "Резервные копии, сделанные раньше, пока их не перезапишут.",
];

#[cfg(test)]
mod tests {
    use super::remains;

    #[test]
    fn each_language_says_as_much() {
        assert_eq!(remains("ru").len(), remains("en").len());
        assert_eq!(remains("de"), remains("en"));
    }
}
