//! Templates and expressions of the mapping: the language is minijinja's (Jinja). What a value may do is decided by where it stands.
//!
//! | place | what `{{ … }}` writes |
//! |---|---|
//! | path | percent-encoded, so that no value leads elsewhere |
//! | header | as it is; control characters are refused |
//! | body | JSON, quotes included, so that no value breaks out |
//!
//! What is not there is an error where it would be written, and false in a condition. Errors name the key, the line and the kind, never a value.

use std::collections::BTreeSet;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json};

/// Work that one template may do: enough for hundreds of values, and the end of an endless loop.
const FUEL: u64 = 100_000;
/// Longest path that is sent. Unit: bytes.
const PATH_BYTES_MAX: usize = 4 * 1024;
/// Longest header that is sent. Unit: bytes.
const HEADER_BYTES_MAX: usize = 4 * 1024;
/// Largest body that is sent. Unit: bytes.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// Letters that stand in a path as they are: the unreserved ones of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Path and query of a request.
    Path,
    /// Value of a header.
    Header,
    /// JSON body.
    Body,
}

impl Place {
    const ALL: [Self; 3] = [Self::Path, Self::Header, Self::Body];

    /// How the names of such templates end, which is how the engine tells their places apart.
    fn ending(self) -> &'static str {
        match self {
            Self::Path => "#path",
            Self::Header => "#header",
            Self::Body => "#body",
        }
    }

    fn bytes_max(self) -> usize {
        match self {
            Self::Path => PATH_BYTES_MAX,
            Self::Header => HEADER_BYTES_MAX,
            Self::Body => BODY_BYTES_MAX,
        }
    }

    fn escape(self) -> AutoEscape {
        match self {
            Self::Body => AutoEscape::Json,
            Self::Path | Self::Header => AutoEscape::Custom(self.ending().into()),
        }
    }
}

/// Why a template or an expression gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TemplateError {
    /// The engine says so. The reason is of its fixed words; its details may hold values and stay in `source`.
    #[error("{reason}{}", line.map(|line| format!(" in line {line}")).unwrap_or_default())]
    Engine {
        /// In the engine's words.
        reason: String,
        /// Line of the template.
        line: Option<usize>,
        /// The rest, for who writes the mapping.
        detail: Option<String>,
    },
    /// It became too long.
    #[error("it has more than {0} bytes")]
    TooLong(usize),
    /// The body is no JSON.
    #[error("it gives no JSON (line {line}, column {column})")]
    NotJson {
        /// Line of what it gives.
        line: usize,
        /// Column there.
        column: usize,
    },
    /// A path that does not begin with `/`.
    #[error("it gives a path that does not begin with `/`")]
    NotPath,
}

impl TemplateError {
    /// What the engine adds: names of the mapping, and possibly values. For example events only, never for a log.
    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Engine { detail: Some(detail), .. } => format!("{self}: {detail}"),
            _ => self.to_string(),
        }
    }
}

impl From<Error> for TemplateError {
    fn from(error: Error) -> Self {
        let detail = error.detail().map(str::to_owned);
        Self::Engine { reason: error.kind().to_string(), line: error.line(), detail }
    }
}

/// What templates see: names and values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope(Map<String, Json>);

impl Scope {
    /// Nothing.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The same with `name`.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets `name`.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Json>) {
        self.0.insert(name.to_owned(), value.into());
    }

    fn value(&self) -> Value {
        Value::from(Serde(&self.0))
    }
}

/// The engine, with the rules of the places.
pub(crate) struct Templates {
    /// For templates: what is not there is an error.
    strict: Environment<'static>,
    /// For expressions: what is not there is nothing, however deep it would have been.
    asking: Environment<'static>,
}

impl Templates {
    pub(crate) fn new() -> Self {
        let mut strict = Environment::new();
        strict.set_auto_escape_callback(|name| {
            let place = Place::ALL.into_iter().find(|place| name.ends_with(place.ending()));
            place.map_or(AutoEscape::None, Place::escape)
        });
        strict.set_formatter(write);
        strict.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        strict.set_fuel(Some(FUEL));
        let mut asking = Environment::new();
        asking.set_undefined_behavior(UndefinedBehavior::Chainable);
        asking.set_fuel(Some(FUEL));
        Self { strict, asking }
    }

    /// What a template gives at its place.
    pub(crate) fn render(&self, place: Place, source: &str, scope: &Scope) -> Result<String, TemplateError> {
        let text = self.strict.render_named_str(place.ending(), source, scope.value())?;
        let text = if place == Place::Body { text } else { text.trim().to_owned() };
        if text.len() > place.bytes_max() {
            return Err(TemplateError::TooLong(place.bytes_max()));
        }
        match place {
            Place::Path if !text.starts_with('/') => return Err(TemplateError::NotPath),
            Place::Body => {
                serde_json::from_str::<Json>(&text)
                    .map_err(|error| TemplateError::NotJson { line: error.line(), column: error.column() })?;
            }
            Place::Path | Place::Header => {}
        }
        Ok(text)
    }

    /// What an expression gives. `None`: nothing, or null.
    pub(crate) fn evaluate(&self, expression: &str, scope: &Scope) -> Result<Option<Json>, TemplateError> {
        let value = self.asking.compile_expression(expression)?.eval(scope.value())?;
        if value.is_undefined() || value.is_none() {
            return Ok(None);
        }
        let broken = |error: serde_json::Error| TemplateError::Engine {
            reason: "the value cannot be written as JSON".to_owned(),
            line: None,
            detail: Some(error.to_string()),
        };
        serde_json::to_value(&value).map(Some).map_err(broken)
    }

    /// Whether a condition is true.
    pub(crate) fn is_true(&self, expression: &str, scope: &Scope) -> Result<bool, TemplateError> {
        Ok(self.asking.compile_expression(expression)?.eval(scope.value())?.is_true())
    }

    /// The names that a template needs from outside. Errors: it is malformed.
    pub(crate) fn names(&self, place: Place, source: &str) -> Result<BTreeSet<String>, TemplateError> {
        let template = self.strict.template_from_named_str(place.ending(), source)?;
        Ok(template.undeclared_variables(false).into_iter().filter(|name| !self.is_global(name)).collect())
    }

    /// The names that an expression needs from outside. Errors: it is malformed.
    pub(crate) fn names_of_expression(&self, expression: &str) -> Result<BTreeSet<String>, TemplateError> {
        let compiled = self.asking.compile_expression(expression)?;
        Ok(compiled.undeclared_variables(false).into_iter().filter(|name| !self.is_global(name)).collect())
    }

    fn is_global(&self, name: &str) -> bool {
        self.strict.globals().any(|(global, _)| global == name)
    }
}

/// Writes a value as its place wants it.
fn write(output: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let AutoEscape::Custom(_) = state.auto_escape() else { return escape_formatter(output, state, value) };
    let is_path = matches!(state.auto_escape(), AutoEscape::Custom(name) if *name == Place::Path.ending());
    if value.is_none() {
        return Err(Error::new(ErrorKind::UndefinedError, "a null cannot be written here; give a default"));
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let written = if is_path && !value.is_safe() {
        // Of these a URL would make another folder.
        if matches!(text.as_str(), "." | "..") {
            return Err(Error::new(ErrorKind::InvalidOperation, "a path cannot have `.` or `..` as a part"));
        }
        output.write_str(&utf8_percent_encode(&text, ENCODED).to_string())
    } else {
        output.write_str(&text)
    };
    written.map_err(|_| Error::from(ErrorKind::WriteFailure))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Value as Json, json};

    use super::{Place, Scope, TemplateError, Templates};

    fn scope() -> Scope {
        let patient = json!({ "name": "O\"Brien\n& Co", "phone": null, "path": "a/b?c=d&e=f#g", "up": ".." });
        Scope::new().with("patient", patient).with("stars", 5)
    }

    fn render(place: Place, source: &str) -> Result<String, TemplateError> {
        Templates::new().render(place, source, &scope())
    }

    #[test]
    fn a_value_cannot_leave_its_place_in_a_path() {
        let path =
            render(Place::Path, "/contacts/{{ patient.path }}?name={{ patient.name }}&stars={{ stars }}").unwrap();
        assert_eq!(path, "/contacts/a%2Fb%3Fc%3Dd%26e%3Df%23g?name=O%22Brien%0A%26%20Co&stars=5");
        assert!(render(Place::Path, "/contacts/{{ patient.up }}/x").is_err());
        assert!(render(Place::Path, "contacts").is_err(), "a path begins with /");
    }

    #[test]
    fn a_value_cannot_break_out_of_a_body() {
        let body = render(
            Place::Body,
            r#"{ "name": {{ patient.name }}, "phone": {{ patient.phone }}, "n": {{ stars + 1 }} }"#,
        );
        let body: Json = serde_json::from_str(&body.unwrap()).unwrap();
        assert_eq!(body, json!({ "name": "O\"Brien\n& Co", "phone": null, "n": 6 }));
        let joined = render(Place::Body, r#"{{ "Question of " ~ patient.name }}"#).unwrap();
        assert_eq!(serde_json::from_str::<String>(&joined).unwrap(), "Question of O\"Brien\n& Co");
    }

    #[test]
    fn what_is_missing_is_an_error_where_it_is_written_and_false_in_a_condition() {
        for place in [Place::Path, Place::Header, Place::Body] {
            assert!(render(place, "/{{ patient.nothing }}").is_err(), "{place:?}");
            assert!(render(place, "/{{ nobody.nothing }}").is_err(), "{place:?}");
        }
        assert!(render(Place::Path, "/{{ patient.phone }}").is_err(), "null is no part of a path");
        assert_eq!(render(Place::Path, "/{{ patient.nothing|default('none') }}").unwrap(), "/none");
        let templates = Templates::new();
        assert!(!templates.is_true("patient.nothing", &scope()).unwrap());
        assert!(templates.is_true("not patient.phone and stars > 3", &scope()).unwrap());
        for nothing in ["patient.nothing", "nobody.at[0].all", "(patient.nothing|first).id", "patient.phone"] {
            assert_eq!(templates.evaluate(nothing, &scope()).unwrap(), None, "{nothing}");
        }
        assert_eq!(templates.evaluate("stars", &scope()).unwrap(), Some(json!(5)));
    }

    #[test]
    fn an_error_says_where_and_never_a_value() {
        let error = render(Place::Body, "{\n \"name\": {{ patient.name|int }} }").unwrap_err();
        assert!(!error.to_string().contains("Brien"), "{error}");
        assert!(error.to_string().contains("line 2"), "{error}");
        let error = render(Place::Body, "{ \"name\": {{ patient.name }}").unwrap_err();
        assert!(matches!(error, TemplateError::NotJson { .. }) && !error.to_string().contains("Brien"), "{error}");
    }

    #[test]
    fn what_does_not_end_is_ended() {
        let endless = "{% for a in range(9000) %}{% for b in range(9000) %}{{ a }}{% endfor %}{% endfor %}";
        assert!(render(Place::Header, endless).is_err());
        assert!(render(Place::Header, "{% for a in range(9000) %}long{% endfor %}").is_err());
    }

    #[test]
    fn names_are_known_before_anything_is_sent() {
        let templates = Templates::new();
        let names =
            templates.names(Place::Body, "{% for i in range(3) %}{{ data.id ~ i }}{% endfor %}{{ known.patient }}");
        assert_eq!(names.unwrap().into_iter().collect::<Vec<_>>(), ["data", "known"]);
        assert_eq!(templates.names_of_expression("answer.id").unwrap().into_iter().collect::<Vec<_>>(), ["answer"]);
        assert!(templates.names(Place::Body, "{{ data.id").is_err());
        assert!(templates.names_of_expression("answer.").is_err());
    }
}
