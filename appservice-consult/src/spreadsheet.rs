//! Tables for spreadsheets (RFC 4180), in which nothing is run.

/// A text that begins so is taken for a formula by spreadsheets.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text that a spreadsheet does not run.
pub fn plain(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// A head and lines as one file.
pub fn table<const N: usize>(
    head: [&str; N],
    lines: impl IntoIterator<Item = [String; N]>,
) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(head)?;
    for line in lines {
        table.write_record(line)?;
    }
    table.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{plain, table};

    #[test]
    fn a_table_has_a_head_and_lines_and_runs_no_formula() {
        let written = table(["id", "name"], [["1".to_owned(), plain("=1+1")], ["2".to_owned(), plain("a, b")]]);
        assert_eq!(String::from_utf8(written.unwrap()).unwrap(), "id,name\n1,'=1+1\n2,\"a, b\"\n");
    }
}
