//! The widget's style sheet as it ships: without what only its readers need, which is a tenth of its
//! compressed bytes. Squeezed by the compiler, so that no build step can be forgotten.

/// The app's looks, adopted by the shadow root: no style element, no style attribute.
pub(crate) const STYLE: &str = match std::str::from_utf8(&KEPT) {
    Ok(style) => style,
    Err(_) => panic!("only whole comments and ASCII spaces are left out"),
};

const SHEET: &[u8; include_bytes!("widget/style.css").len()] = include_bytes!("widget/style.css");
const SQUEEZED: ([u8; SHEET.len()], usize) = squeeze(SHEET);
static KEPT: [u8; SQUEEZED.1] = match SQUEEZED.0.first_chunk() {
    Some(kept) => *kept,
    None => panic!("nothing is longer squeezed"),
};

/// Leaves out comments, spaces that part nothing, and the `;` before a `}`.
///
/// Not a parser: it wants quotes without escapes, and no space after a selector's `:`.
const fn squeeze<const N: usize>(sheet: &[u8; N]) -> ([u8; N], usize) {
    let mut kept = [0; N];
    let (mut length, mut at, mut quoted) = (0, 0, false);
    while at < N {
        let sign = sheet[at];
        let last = if length == 0 { b'}' } else { kept[length - 1] };
        if !quoted && sign == b'/' && at + 1 < N && sheet[at + 1] == b'*' {
            at += 2;
            while !(sheet[at] == b'*' && sheet[at + 1] == b'/') {
                at += 1;
            }
            at += 2;
            continue;
        }
        quoted ^= sign == b'"';
        let space = !quoted && sign.is_ascii_whitespace();
        if space && (last == b' ' || parts(last)) {
            at += 1;
            continue;
        }
        if !quoted && (sign == b')' || parts(sign) && sign != b':' && sign != b'(') && last == b' ' {
            length -= 1;
        }
        if !quoted && sign == b'}' && length > 0 && kept[length - 1] == b';' {
            length -= 1;
        }
        kept[length] = if space { b' ' } else { sign };
        length += 1;
        at += 1;
    }
    (kept, length)
}

/// Whether words need no space beside it. Around `+` and `-` they do, in a `calc`.
const fn parts(sign: u8) -> bool {
    matches!(sign, b'{' | b'}' | b':' | b';' | b',' | b'(' | b'>')
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn only_what_parts_nothing_is_left_out() {
        let sheet = b"/* a till\n receipt */\n.a, .b > i {\n  margin: 0 calc(1em + 2px);\n  content: \"\xe2\x80\xba  x; \";\n}\n\n@media (min-width: 2px) and (hover: hover) {\n  .c :hover { color: red; }\n}\n";
        let (kept, length) = squeeze(sheet);
        let squeezed = std::str::from_utf8(&kept[..length]).unwrap();
        assert_eq!(
            squeezed,
            ".a,.b>i{margin:0 calc(1em + 2px);content:\"›  x; \"}@media (min-width:2px) and (hover:hover){.c :hover{color:red}}"
        );
    }
}
