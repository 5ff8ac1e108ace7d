//! Records as bytes: what packs hold, what crosses from one module to the other, what a stored
//! conversation is. Writing and reading stand side by side so that they cannot drift apart.
//!
//! A record's texts do not lie between its numbers but behind all of them, one after the other, each
//! ended by a tab. Packs travel compressed, and texts among their like take a tenth less than texts
//! with lengths and numbers in between.
//!
//! Not serde, because every record is read in the browser as soon as the chat opens. What serde derives
//! for reading checks for a fault after each field, keeps every field apart until all are read, and does
//! so once more for each kind of list: 20 KB of wasm. A [`Reader`] only remembers that something was
//! wrong, and gives out what is empty from there on; that is told once, at the end.

/// Something that a pack, a stored conversation or the engine's answer consists of.
pub trait Record: Sized {
    /// Takes it from the front of what is left.
    fn read(from: &mut Reader<'_>) -> Self;
    /// Puts it behind what has been written.
    fn write(&self, to: &mut Writer);
}

/// The record as bytes: how many bytes of numbers there are, the numbers, the texts.
pub fn encode<T: Record>(record: &T) -> Vec<u8> {
    let (mut to, mut length) = (Writer::default(), Writer::default());
    record.write(&mut to);
    length.number(to.numbers.len() as u32);
    [length.numbers, to.numbers, to.texts].concat()
}

/// The record that `bytes` hold; nothing if they do not.
pub fn decode<T: Record>(bytes: &[u8]) -> Option<T> {
    let mut from = Reader { numbers: bytes, texts: "", sound: true };
    let length = from.number() as usize;
    let (numbers, texts) = from.numbers.split_at_checked(length)?;
    (from.numbers, from.texts) = (numbers, str::from_utf8(texts).ok()?);
    let record = T::read(&mut from);
    from.sound.then_some(record)
}

/// Ends every text. Within one it is no more than a space, and written as one.
const END: u8 = b'\t';

/// What has been written.
#[derive(Debug, Default)]
pub struct Writer {
    numbers: Vec<u8>,
    texts: Vec<u8>,
}

impl Writer {
    /// A number, seven bits to a byte, the lowest first: LEB128.
    #[inline(never)]
    pub(crate) fn number(&mut self, mut number: u32) {
        while number > 127 {
            self.numbers.push(number as u8 | 128);
            number >>= 7;
        }
        self.numbers.push(number as u8);
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        self.texts.extend(text.bytes().map(|byte| if byte == END { b' ' } else { byte }));
        self.texts.push(END);
    }
}

/// What has not been read yet.
#[derive(Debug)]
pub struct Reader<'b> {
    numbers: &'b [u8],
    texts: &'b str,
    sound: bool,
}

impl<'b> Reader<'b> {
    /// Gives up: nothing that follows can be trusted.
    #[inline(never)]
    pub fn fail(&mut self) {
        (self.numbers, self.texts, self.sound) = (&[], "", false);
    }

    /// The next `length` bytes of numbers, or none of them.
    #[inline(never)]
    fn take(&mut self, length: usize) -> &'b [u8] {
        match self.numbers.split_at_checked(length) {
            Some((taken, left)) => {
                self.numbers = left;
                taken
            }
            None => {
                self.fail();
                &[]
            }
        }
    }

    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// What [`Writer::number`] wrote.
    #[inline(never)]
    pub(crate) fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte();
            number |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return number;
            }
        }
        self.fail();
        0
    }

    #[inline(never)]
    fn text(&mut self) -> String {
        // Not `split_once`, whose search for any character is half a kilobyte.
        let end = self.texts.bytes().position(|byte| byte == END);
        match end.map(|end| (&self.texts[..end], &self.texts[end + 1..])) {
            Some((text, left)) => {
                self.texts = left;
                text.to_owned()
            }
            None => {
                self.fail();
                String::new()
            }
        }
    }
}

impl Record for String {
    fn read(from: &mut Reader<'_>) -> Self {
        from.text()
    }

    fn write(&self, to: &mut Writer) {
        to.text(self);
    }
}

/// Whole numbers of up to 32 bits.
macro_rules! whole {
    ($($number:ty)+) => {
        $(impl Record for $number {
            fn read(from: &mut Reader<'_>) -> Self {
                from.number() as Self
            }

            fn write(&self, to: &mut Writer) {
                to.number(*self as u32);
            }
        })+
    };
}
whole!(u8 u16 u32 usize);

impl Record for bool {
    fn read(from: &mut Reader<'_>) -> Self {
        from.number() == 1
    }

    fn write(&self, to: &mut Writer) {
        to.number((*self).into());
    }
}

impl Record for i16 {
    /// Folded to 0, -1, 1, -2, …
    fn read(from: &mut Reader<'_>) -> Self {
        let folded = from.number();
        ((folded >> 1) as Self) ^ -((folded & 1) as Self)
    }

    fn write(&self, to: &mut Writer) {
        to.number(((i32::from(*self) << 1) ^ (i32::from(*self) >> 31)) as u32);
    }
}

impl Record for u64 {
    fn read(from: &mut Reader<'_>) -> Self {
        Self::from_le_bytes(from.take(8).try_into().unwrap_or_default())
    }

    fn write(&self, to: &mut Writer) {
        to.numbers.extend(self.to_le_bytes());
    }
}

impl Record for u128 {
    fn read(from: &mut Reader<'_>) -> Self {
        Self::from_le_bytes(from.take(16).try_into().unwrap_or_default())
    }

    fn write(&self, to: &mut Writer) {
        to.numbers.extend(self.to_le_bytes());
    }
}

impl Record for f32 {
    fn read(from: &mut Reader<'_>) -> Self {
        Self::from_le_bytes(from.take(4).try_into().unwrap_or_default())
    }

    fn write(&self, to: &mut Writer) {
        to.numbers.extend(self.to_le_bytes());
    }
}

impl<T: Record> Record for Option<T> {
    fn read(from: &mut Reader<'_>) -> Self {
        bool::read(from).then(|| T::read(from))
    }

    fn write(&self, to: &mut Writer) {
        self.is_some().write(to);
        if let Some(record) = self {
            record.write(to);
        }
    }
}

impl<T: Record> Record for Vec<T> {
    fn read(from: &mut Reader<'_>) -> Self {
        // No list is made as long as it says it is: damaged bytes may say anything.
        let mut list = Self::new();
        for _ in 0..from.number() {
            if !from.sound {
                break;
            }
            list.push(T::read(from));
        }
        list
    }

    fn write(&self, to: &mut Writer) {
        self.len().write(to);
        self.iter().for_each(|record| record.write(to));
    }
}

impl<A: Record, B: Record> Record for (A, B) {
    fn read(from: &mut Reader<'_>) -> Self {
        (A::read(from), B::read(from))
    }

    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }
}

/// A record of fields. Those after `not` are not written, and read as their default.
macro_rules! record {
    ($record:ty: $($field:ident)+ $(, not $($absent:ident)+)?) => {
        impl $crate::content::record::Record for $record {
            fn read(from: &mut $crate::content::record::Reader<'_>) -> Self {
                Self {
                    $($field: $crate::content::record::Record::read(from),)+
                    $($($absent: Default::default(),)+)?
                }
            }

            fn write(&self, to: &mut $crate::content::record::Writer) {
                $($crate::content::record::Record::write(&self.$field, to);)+
            }
        }
    };
}
pub(crate) use record;

/// One of several words, by its number.
macro_rules! word {
    ($word:ty: $first:ident $($variant:ident)*) => {
        impl $crate::content::record::Record for $word {
            fn read(from: &mut $crate::content::record::Reader<'_>) -> Self {
                let number = from.number();
                let known = [Self::$first, $(Self::$variant),*];
                match known.into_iter().find(|word| *word as u32 == number) {
                    Some(word) => word,
                    None => {
                        from.fail();
                        Self::$first
                    }
                }
            }

            fn write(&self, to: &mut $crate::content::record::Writer) {
                to.number(*self as u32);
            }
        }
    };
}
pub(crate) use word;

#[cfg(test)]
mod tests {
    use super::{Record, decode, encode};

    fn check<T: Record + PartialEq + std::fmt::Debug>(record: T) {
        let bytes = encode(&record);
        assert_eq!(decode::<T>(&bytes).as_ref(), Some(&record));
        for length in 0..bytes.len() {
            assert_eq!(decode::<T>(&bytes[..length]), None, "{record:?} cut off after {length} bytes");
        }
    }

    #[test]
    fn what_is_written_is_read_and_what_is_cut_off_is_refused() {
        check(String::from("装了纸还说没纸"));
        check((true, false));
        for number in [0, 1, 127, 128, 255, 16_383, 16_384, 65_535, u32::MAX] {
            check((number, number as usize));
            check((number as u16, number as u8));
        }
        for number in [0, 128, u64::MAX] {
            check((number, u128::from(number) << 64));
        }
        for number in [0, -1, 1, -64, 64, i16::MIN, i16::MAX] {
            check(number);
        }
        check(vec![Some(1.5_f32), None, Some(-0.0)]);
        check(vec![(String::from("SN"), vec![7_u16]), (String::new(), Vec::new())]);
    }

    #[test]
    fn a_tab_in_a_text_is_a_space() {
        let bytes = encode(&vec![String::from("a\tb"), String::from("c")]);
        assert_eq!(decode(&bytes), Some(vec![String::from("a b"), String::from("c")]));
    }

    #[test]
    fn bytes_that_lie_are_refused_at_once() {
        // A list of four thousand million, a number of six bytes, half a character.
        assert_eq!(decode::<Vec<String>>(&[5, 255, 255, 255, 255, 15]), None);
        assert_eq!(decode::<u32>(&[6, 255, 255, 255, 255, 255, 15]), None);
        assert_eq!(decode::<String>(&[0, 0xE7, 0xBA, b'\t']), None);
    }
}
