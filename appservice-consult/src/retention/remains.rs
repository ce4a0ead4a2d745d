//! What an erasure leaves, in words for a certificate. Honest: who reads it may be a court.

/// What is still there, in a language of the product; English where it has none.
pub fn remains(language: &str) -> Vec<String> {
    let words: &[&str] = if language == "ru" { &RUSSIAN } else { &ENGLISH };
    words.iter().map(|words| (*words).to_owned()).collect()
}

const ENGLISH: [&str; 4] = [
    "Backups made before the erasure: a backup that includes the table of record keys can still open the record, and one that includes the search index says to who has the archive's key which words stood in it, until it is overwritten or deleted.",
    "The conversation itself: encrypted messages at the homeserver, and whatever the patient and the staff keep on their own devices.",
    "The consultation without its content: queue, times, who took part, how many messages, files and calls there were.",
    "The audit log: who read, changed and erased what, without its content.",
];

const RUSSIAN: [&str; 4] = [
    "Резервные копии, сделанные до удаления: копия, в которую вошла таблица ключей записей, позволяет открыть запись, а копия с поисковым индексом — узнать, имея ключ архива, какие слова в ней были, пока копию не перезапишут или не удалят.",
    "Сама переписка: зашифрованные сообщения на сервере и то, что пациент и сотрудники хранят на своих устройствах.",
    "Консультация без содержания: очередь, время, участники, число сообщений, файлов и звонков.",
    "Журнал аудита: кто что читал, менял и удалял, без содержания.",
];

#[cfg(test)]
mod tests {
    use super::remains;

    #[test]
    fn each_language_says_as_much() {
        assert_eq!(remains("ru").len(), remains("en").len());
        assert_eq!(remains("de"), remains("en"));
        assert!(remains("en")[0].starts_with("Backups"));
    }
}
