//! The receipt of a deleted account as a document for people.

use super::receipt::Receipt;
use crate::api::types::DeletionStay;
use crate::html::Html;
use crate::tenant::Tenant;
use crate::time::Time;

/// What the document says.
#[derive(Debug)]
pub struct ReceiptPage<'a> {
    /// What was promised.
    pub receipt: &'a Receipt,
    /// What stays, as it is shown.
    pub stays: &'a [DeletionStay],
    /// What else stays, in words.
    pub remains: &'a [String],
    /// Signature of the receipt.
    pub signature: &'a str,
}

impl ReceiptPage<'_> {
    /// The document, in a language of the product; English where it has none.
    pub fn html(&self, tenant: &Tenant, language: &str) -> String {
        let of = |russian: &'static str, english: &'static str| if language == "ru" { russian } else { english };
        let day = |at: Time| tenant.zone().to_datetime(at.timestamp()).date().to_string();
        let brand = tenant.brand();
        let brand = brand.name.get(language, &brand.default_language);
        let title = format!("{} — {brand}", of("Расписка об удалении учётной записи", "Receipt of a deleted account"));
        let mut html = Html::document(language, &title);
        html.line("h1", &title);
        let (at, goes) = (day(self.receipt.at), self.receipt.goes.to_string());
        html.facts(&[
            (of("Номер", "Number"), Some(&self.receipt.number)),
            (of("Дата", "Date"), Some(&at)),
            (of("Номер карточки", "Number of the card"), Some(self.receipt.patient.as_str())),
            (of("Консультаций, содержание которых удалено", "Consultations whose content is erased"), Some(&goes)),
        ]);
        html.line("h2", of("Что остаётся под замком и до какого дня", "What stays sealed, and until when"));
        if self.stays.is_empty() {
            html.line("p", of("Ничего.", "Nothing."));
        }
        for stay in self.stays {
            let until = stay.retention.as_ref().map(|kept| (kept.class.name.as_str(), day(kept.due_at)));
            let until = until.map(|(class, day)| format!("{class}: {} {day}", of("до", "until")));
            let hold = stay.held.then(|| {
                of("действует запрет на удаление: до его снятия", "a legal hold is on it: until it is lifted")
                    .to_owned()
            });
            let why = [until, hold].into_iter().flatten().collect::<Vec<_>>().join("; ");
            html.line("p", &format!("{}, {} — {why}", stay.queue.name, day(stay.requested_at)));
        }
        html.line("h2", of("Что остаётся ещё", "What else stays"));
        for line in self.remains {
            html.line("p", line);
        }
        html.line("h2", of("Подпись", "Signature"));
        html.quiet(of(
            "Ключом архива (ed25519) подписан этот номер с перечнем выше; проверить подпись может тот, у кого есть открытый ключ.",
            "The archive's key (ed25519) signs this number with the list above; whoever has the public key can check it.",
        ));
        html.line("p", self.signature);
        html.end();
        html.into_string()
    }
}
