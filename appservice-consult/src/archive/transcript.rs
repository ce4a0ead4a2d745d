//! From stored messages to a transcript: edits folded in, what was taken back gone. Pure.

use std::collections::HashMap;

use serde_json::Value;

use crate::api::types::{
    ArchivedFile, ArchivedReaction, ArchivedVoice, Sender, SenderKind, TranscriptEntry, TranscriptKind,
};
use crate::follow_up;
use crate::ids::{EventId, UserId};
use crate::time::Time;

/// How a stored message stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Readable {
    /// Read; the event's content.
    Content(Value),
    /// Its key never came.
    Waiting,
    /// Taken back.
    Redacted,
}

/// A message as intake stored it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredMessage {
    /// Event id.
    pub event_id: EventId,
    /// Who.
    pub sender: UserId,
    /// What he was.
    pub sender_kind: SenderKind,
    /// When.
    pub sent_at: Time,
    /// What.
    pub readable: Readable,
    /// How far the sending device was proven.
    pub trust: Option<String>,
}

impl StoredMessage {
    /// Whether the service announced something. What staff planned to write to the patient is said by it too, and is no notice.
    pub fn is_notice(&self) -> bool {
        let is_planned = matches!(&self.readable, Readable::Content(content) if follow_up::is_message(content));
        self.sender_kind == SenderKind::System && !is_planned
    }
}

/// A sign under a message, as intake stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReaction {
    /// Under which.
    pub target: EventId,
    /// Who.
    pub sender: UserId,
    /// What he was.
    pub sender_kind: SenderKind,
    /// When.
    pub sent_at: Time,
    /// Which sign.
    pub sign: String,
}

/// The event that a content replaces, if it is an edit.
pub fn replaced(content: &Value) -> Option<&str> {
    let relation = content.get("m.relates_to")?;
    (relation.get("rel_type")? == "m.replace").then(|| relation.get("event_id")?.as_str()).flatten()
}

/// The transcript of messages in their order. `name_of` gives the name of a sender today.
pub fn transcript(messages: &[StoredMessage], name_of: impl Fn(&UserId) -> String) -> Vec<TranscriptEntry> {
    let mut edits: HashMap<&str, (&UserId, &Value)> = HashMap::new();
    for message in messages {
        if let Readable::Content(content) = &message.readable
            && let Some(original) = replaced(content)
        {
            edits.insert(original, (&message.sender, content));
        }
    }
    let is_edit = |message: &&StoredMessage| matches!(&message.readable, Readable::Content(content) if replaced(content).is_some());
    let entry = |message: &StoredMessage| {
        // Only the sender himself can edit (client-server API, §Event replacements).
        let edit = edits
            .get(message.event_id.as_str())
            .filter(|(sender, _)| **sender == message.sender)
            .map(|(_, content)| *content);
        entry(message, edit, name_of(&message.sender))
    };
    messages.iter().filter(|message| !is_edit(message)).map(entry).collect()
}

/// The same with the signs that people put under it. Under what was taken back there are none.
pub fn with_reactions(
    mut entries: Vec<TranscriptEntry>,
    reactions: Vec<StoredReaction>,
    name_of: impl Fn(&UserId) -> String,
) -> Vec<TranscriptEntry> {
    for StoredReaction { target, sender, sender_kind, sent_at, sign } in reactions {
        let under = entries.iter_mut().find(|entry| entry.event_id == target && entry.kind != TranscriptKind::Redacted);
        let Some(entry) = under else { continue };
        let sender = Sender { name: name_of(&sender), user_id: sender, kind: sender_kind };
        entry.reactions.push(ArchivedReaction { sign, sender, sent_at });
    }
    entries
}

fn entry(message: &StoredMessage, edit: Option<&Value>, name: String) -> TranscriptEntry {
    let mut entry = TranscriptEntry {
        event_id: message.event_id.clone(),
        sender: Sender { user_id: message.sender.clone(), name, kind: message.sender_kind },
        sent_at: message.sent_at,
        kind: TranscriptKind::Undecryptable,
        body: String::new(),
        reply_to: None,
        edited: false,
        file: None,
        trust: message.trust.clone(),
        reactions: Vec::new(),
    };
    match &message.readable {
        Readable::Waiting => {}
        Readable::Redacted => entry.kind = TranscriptKind::Redacted,
        Readable::Content(original) => {
            let latest = edit.and_then(|edit| edit.get("m.new_content")).unwrap_or(original);
            let file = file(latest);
            entry.kind = kind(latest, file.is_some());
            entry.body = body(latest);
            entry.reply_to = reply_to(original);
            entry.edited = edit.is_some();
            entry.file = file;
        }
    }
    entry
}

fn kind(content: &Value, has_file: bool) -> TranscriptKind {
    match (content["msgtype"].as_str(), has_file) {
        (Some("m.notice"), _) => TranscriptKind::Notice,
        (Some("m.image"), true) => TranscriptKind::Image,
        (Some("m.audio"), true) => TranscriptKind::Audio,
        (Some("m.video"), true) => TranscriptKind::Video,
        (_, true) => TranscriptKind::File,
        _ => TranscriptKind::Text,
    }
}

/// The text, without the quotation that older clients put before a reply.
pub fn body(content: &Value) -> String {
    let body = content["body"].as_str().unwrap_or_default();
    if reply_to(content).is_none() || !body.starts_with("> ") {
        return body.to_owned();
    }
    let mut lines = body.lines().skip_while(|line| line.starts_with('>')).peekable();
    lines.next_if(|line| line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn reply_to(content: &Value) -> Option<EventId> {
    content.get("m.relates_to")?.get("m.in_reply_to")?.get("event_id")?.as_str().map(EventId::from)
}

fn file(content: &Value) -> Option<ArchivedFile> {
    let encrypted = content.get("file").filter(|file| file.is_object());
    let url = encrypted.map_or_else(|| content.get("url"), |file| file.get("url"))?.as_str()?;
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let name = content.get("filename").or_else(|| content.get("body"));
    let info = content.get("info");
    let thumbnail = info
        .and_then(|info| info.get("thumbnail_file").map_or_else(|| info.get("thumbnail_url"), |file| file.get("url")));
    Some(ArchivedFile {
        name: text(name).unwrap_or_default(),
        mimetype: text(info.and_then(|info| info.get("mimetype"))),
        size_bytes: info.and_then(|info| info.get("size")).and_then(Value::as_i64),
        sha256: text(encrypted.and_then(|file| file.get("hashes")?.get("sha256"))),
        url: url.to_owned(),
        encrypted_file: encrypted.cloned(),
        thumbnail_url: text(thumbnail),
        voice: voice(content),
    })
}

/// By which a recorded message tells itself from a piece of music ([MSC3245](https://github.com/matrix-org/matrix-spec-proposals/pull/3245)).
const VOICE_MARKS: [&str; 2] = ["org.matrix.msc3245.voice", "m.voice"];
/// Where its length and its waveform stand ([MSC1767](https://github.com/matrix-org/matrix-spec-proposals/pull/1767), MSC3927).
const VOICE_FACTS: [&str; 2] = ["org.matrix.msc1767.audio", "m.audio"];
/// As many as that proposal lets a waveform have.
const WAVEFORM_MAX: usize = 120;
/// The loudest.
const LOUDEST: i64 = 1024;

fn voice(content: &Value) -> Option<ArchivedVoice> {
    VOICE_MARKS.iter().find_map(|mark| content.get(*mark).filter(|mark| mark.is_object()))?;
    let fact = |name| VOICE_FACTS.iter().find_map(|facts| content.get(*facts)?.get(name));
    let duration = fact("duration").or_else(|| content.get("info")?.get("duration")).and_then(Value::as_i64);
    let levels = fact("waveform").and_then(Value::as_array).into_iter().flatten();
    let waveform = levels.filter_map(Value::as_i64).map(|level| level.clamp(0, LOUDEST)).take(WAVEFORM_MAX).collect();
    Some(ArchivedVoice { duration_ms: duration.filter(|duration| *duration >= 0), waveform })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Value, json};

    use super::{Readable, StoredMessage, StoredReaction, transcript, with_reactions};
    use crate::api::types::{SenderKind, TranscriptEntry, TranscriptKind};
    use crate::time::Time;

    fn message(id: &str, sender: &str, content: Value) -> StoredMessage {
        StoredMessage {
            event_id: id.into(),
            sender: sender.into(),
            sender_kind: SenderKind::Patient,
            sent_at: Time::from_millis(1),
            readable: Readable::Content(content),
            trust: Some("verified".into()),
        }
    }

    fn entries(messages: &[StoredMessage]) -> Vec<TranscriptEntry> {
        transcript(messages, std::string::ToString::to_string)
    }

    fn edit(of: &str, body: &str) -> Value {
        let new = json!({ "msgtype": "m.text", "body": body });
        json!({ "msgtype": "m.text", "body": "* x", "m.new_content": new, "m.relates_to": { "rel_type": "m.replace", "event_id": of } })
    }

    #[test]
    fn the_last_edit_of_the_sender_counts_and_nobody_elses() {
        let messages = [
            message("$1", "@a:x", json!({ "msgtype": "m.text", "body": "first" })),
            message("$2", "@a:x", edit("$1", "second")),
            message("$3", "@a:x", edit("$1", "third")),
            message("$4", "@a:x", json!({ "msgtype": "m.text", "body": "mine" })),
            message("$5", "@b:x", edit("$4", "forged")),
        ];
        let entries = entries(&messages);
        let said: Vec<_> = entries.iter().map(|entry| (entry.body.as_str(), entry.edited)).collect();
        assert_eq!(said, [("third", true), ("mine", false)]);
    }

    #[test]
    fn signs_stand_under_what_is_there_in_their_order_and_nowhere_else() {
        let mut gone = message("$2", "@a:x", json!({ "msgtype": "m.text", "body": "gone" }));
        gone.readable = Readable::Redacted;
        let said = entries(&[message("$1", "@a:x", json!({ "msgtype": "m.text", "body": "kept" })), gone]);
        let sign = |target: &str, sign: &str| StoredReaction {
            target: target.into(),
            sender: "@b:x".into(),
            sender_kind: SenderKind::Operator,
            sent_at: Time::from_millis(2),
            sign: sign.to_owned(),
        };
        let signs = vec![sign("$1", "👍"), sign("$2", "👍"), sign("$elsewhere", "👍"), sign("$1", "🙏")];
        let entries = with_reactions(said, signs, std::string::ToString::to_string);
        let under: Vec<_> =
            entries[0].reactions.iter().map(|under| (under.sign.as_str(), &*under.sender.name)).collect();
        assert_eq!(under, [("👍", "@b:x"), ("🙏", "@b:x")]);
        assert!(entries[1].reactions.is_empty());
    }

    #[test]
    fn a_voice_message_keeps_its_length_and_its_waveform_and_other_sounds_have_none() {
        let file = json!({ "url": "mxc://x/1", "key": { "k": "K" }, "iv": "I", "v": "v2" });
        let mut waveform: Vec<i64> = vec![-3, 512, 9_000];
        waveform.extend([7; 200]);
        let mut content = json!({
            "msgtype": "m.audio", "body": "Voice message.ogg", "file": file, "info": { "duration": 1_900 },
            "org.matrix.msc1767.audio": { "duration": 2_000, "waveform": waveform }, "org.matrix.msc3245.voice": {},
        });
        let of = |content: &Value| entries(&[message("$1", "@a:x", content.clone())])[0].file.clone().unwrap().voice;
        let voice = of(&content).unwrap();
        assert_eq!(
            (voice.duration_ms, voice.waveform.len(), &voice.waveform[..4]),
            (Some(2_000), 120, &[0, 512, 1_024, 7][..])
        );
        content["org.matrix.msc1767.audio"] = json!("odd");
        let odd = of(&content).unwrap();
        assert_eq!((odd.duration_ms, odd.waveform.len()), (Some(1_900), 0));
        content["org.matrix.msc3245.voice"] = Value::Null;
        assert_eq!(of(&content), None);
    }

    #[test]
    fn an_encrypted_file_keeps_its_key_and_hash() {
        let file =
            json!({ "url": "mxc://x/1", "key": { "k": "K" }, "hashes": { "sha256": "H" }, "iv": "I", "v": "v2" });
        let info = json!({ "mimetype": "image/jpeg", "size": 7, "thumbnail_file": { "url": "mxc://x/2" } });
        let content = json!({ "msgtype": "m.image", "body": "rash.jpg", "file": file, "info": info });
        let entries = entries(&[message("$1", "@a:x", content)]);
        let archived = entries[0].file.clone().unwrap();
        assert_eq!(
            (entries[0].kind, archived.sha256.as_deref(), archived.size_bytes),
            (TranscriptKind::Image, Some("H"), Some(7))
        );
        assert_eq!((archived.encrypted_file, archived.thumbnail_url.as_deref()), (Some(file), Some("mxc://x/2")));
    }

    #[test]
    fn a_reply_loses_its_quotation_and_keeps_what_it_answers() {
        let content = json!({
            "msgtype": "m.text", "body": "> <@b:x> how?\n> really\n\nlike this",
            "m.relates_to": { "m.in_reply_to": { "event_id": "$0" } },
        });
        let entries = entries(&[message("$1", "@a:x", content)]);
        assert_eq!(
            (entries[0].body.as_str(), entries[0].reply_to.as_ref().map(crate::ids::EventId::as_str)),
            ("like this", Some("$0"))
        );
    }

    #[test]
    fn what_was_taken_back_or_never_read_has_no_text() {
        let mut gone = message("$1", "@a:x", json!({}));
        gone.readable = Readable::Redacted;
        let mut lost = message("$2", "@a:x", json!({}));
        lost.readable = Readable::Waiting;
        let kinds: Vec<_> = entries(&[gone, lost]).into_iter().map(|entry| (entry.kind, entry.body)).collect();
        assert_eq!(kinds, [(TranscriptKind::Redacted, String::new()), (TranscriptKind::Undecryptable, String::new())]);
    }
}
