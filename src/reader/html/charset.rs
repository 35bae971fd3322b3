//! Which encoding a page says it is in.

/// How far into a page its declaration may stand. Browsers look at 1,024 bytes; pages with scripts first need more.
const WINDOW: usize = 1 << 14;

/// The name after the first `charset=` or XML `encoding=` in the beginning of a page.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head: String = bytes[..bytes.len().min(WINDOW)].iter().map(|byte| char::from(*byte)).collect();
    let head = head.to_ascii_lowercase();
    let xml = head.trim_start().starts_with("<?xml").then(|| named(&head, "encoding")).flatten();
    xml.or_else(|| {
        let metas = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
        metas.into_iter().find_map(|meta| named(meta, "charset"))
    })
}

fn named(text: &str, key: &str) -> Option<String> {
    let value = text.split_once(key)?.1.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end =
        value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn the_declaration_is_found_in_all_its_spellings() {
        for (page, wanted) in [
            ("<meta charset=gb2312>", Some("gb2312")),
            ("<META http-equiv=Content-Type content=\"text/html; charset=GBK\">", Some("gbk")),
            ("<script charset='utf-8'></script><meta charset=\"gb18030\"/>", Some("gb18030")),
            ("<?xml version='1.0' encoding='big5'?><html>", Some("big5")),
            ("<html><body>charset=none", None),
        ] {
            assert_eq!(declared(page.as_bytes()).as_deref(), wanted, "{page}");
        }
    }
}
