//! Lines of a table for other programs (RFC 4180). What a spreadsheet would take for a formula is marked as text.

pub fn line(fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| one(field)).collect();
    fields.join(",") + "\r\n"
}

fn one(field: &str) -> String {
    // An address may begin with any of these; a spreadsheet would carry it out.
    let harmless = if field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{field}") } else { field.to_owned() };
    if harmless.contains([',', '"', '\n', '\r', '\'']) { format!("\"{}\"", harmless.replace('"', "\"\"")) } else { harmless }
}

#[cfg(test)]
mod tests {
    #[test]
    fn fields_are_quoted_and_formulas_are_text() {
        assert_eq!(super::line(&["1", "ada", "ada@example.org", ""]), "1,ada,ada@example.org,\r\n");
        assert_eq!(super::line(&["say \"hi\"", "a,b", "two\nlines"]), "\"say \"\"hi\"\"\",\"a,b\",\"two\nlines\"\r\n");
        assert_eq!(super::line(&["=HYPERLINK(0)@x", "+1@x", "-1", "@SUM(A1)"]), "\"'=HYPERLINK(0)@x\",\"'+1@x\",\"'-1\",\"'@SUM(A1)\"\r\n");
    }
}
