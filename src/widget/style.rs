//! The app's looks, without what only their authors read: comments, and spaces that mean nothing.

/// The style sheet as it is shipped: `style.css`, squeezed while compiling.
pub(crate) const STYLE: &str = match std::str::from_utf8(&EXACT) {
    Ok(style) => style,
    Err(_) => panic!("whole characters are left in or out"),
};

const WRITTEN: &[u8] = include_bytes!("style.css");
const SQUEEZED: ([u8; WRITTEN.len()], usize) = squeeze(WRITTEN);
/// Without the room that the squeezing won.
const EXACT: [u8; SQUEEZED.1] = match SQUEEZED.0.first_chunk() {
    Some(exact) => *exact,
    None => panic!("it became no longer"),
};

/// Leaves out comments, the last semicolon of a rule, and spaces next to punctuation. A space before a
/// colon or around a plus stays: in a selector or a sum it means something.
const fn squeeze<const N: usize>(css: &[u8]) -> ([u8; N], usize) {
    let (mut out, mut end, mut at) = ([0; N], 0, 0);
    while at < css.len() {
        if css[at] == b'/' && css[at + 1] == b'*' {
            while !(css[at] == b'*' && css[at + 1] == b'/') {
                at += 1;
            }
            at += 2;
            continue;
        }
        let byte = if css[at] == b'\n' { b' ' } else { css[at] };
        let before = if end == 0 { b' ' } else { out[end - 1] };
        if byte == b' ' && matches!(before, b' ' | b'{' | b'}' | b';' | b':' | b',' | b'>') {
            at += 1;
            continue;
        }
        if (matches!(byte, b'{' | b'}' | b'>') && before == b' ') || (byte == b'}' && before == b';') {
            end -= 1;
        }
        out[end] = byte;
        end += 1;
        at += 1;
    }
    (out, end)
}
