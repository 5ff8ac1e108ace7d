//! The style sheet, made smaller while the program is compiled: it travels inside it.

const SHEET: &[u8] = include_bytes!("style.css");
const LENGTH: usize = small::<{ SHEET.len() }>().1;
static SMALL: [u8; LENGTH] = small::<LENGTH>().0;

/// The app's looks, adopted by the shadow root: no style element, no style attribute.
pub(super) const STYLE: &str = match std::str::from_utf8(&SMALL) {
    Ok(style) => style,
    Err(_) => panic!("style.css is not UTF-8"),
};

/// `SHEET` without comments, and without white space that means nothing; and how long that is.
///
/// What stands in quotes is treated like the rest, so that nothing in them may need two spaces.
const fn small<const ROOM: usize>() -> ([u8; ROOM], usize) {
    let (mut out, mut length, mut at) = ([b' '; ROOM], 0, 0);
    let mut gap = false;
    while at < SHEET.len() {
        let sign = SHEET[at];
        at += 1;
        if sign == b'/' && SHEET[at] == b'*' {
            while SHEET[at] != b'*' || SHEET[at + 1] != b'/' {
                at += 1;
            }
            at += 2;
            continue;
        }
        if sign.is_ascii_whitespace() {
            gap = true;
            continue;
        }
        let before = if length == 0 { b'}' } else { out[length - 1] };
        let apart = matches!(before, b'{' | b'}' | b';' | b',' | b':' | b'>');
        if gap && !apart && !matches!(sign, b'{' | b'}' | b';' | b',' | b'>') {
            out[length] = b' ';
            length += 1;
        }
        gap = false;
        if sign == b'}' && before == b';' {
            length -= 1;
        }
        out[length] = sign;
        length += 1;
    }
    (out, length)
}
