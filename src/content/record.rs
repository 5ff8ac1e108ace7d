//! Reading packed records with little code.
//!
//! The bytes are postcard's: serde derives the writing, and natively nothing would be wrong with its
//! reading. But in the browser every record is read as soon as the chat opens, and what serde derives
//! for reading checks for a fault after each field, keeps every field apart until all are read, and
//! does so once more for each list: 20 KB of wasm. A [`Reader`] only remembers that something was
//! wrong, and gives out what is empty from there on; that is told once, at the end.

/// Something that a pack, a stored conversation or the engine's answer consists of.
pub trait Record: Sized {
    /// Takes it from the front of what is left.
    fn read(from: &mut Reader<'_>) -> Self;
}

/// The record that `bytes` hold; nothing if they do not.
pub fn decode<T: Record>(bytes: &[u8]) -> Option<T> {
    let mut from = Reader { left: bytes, sound: true };
    let record = T::read(&mut from);
    from.sound.then_some(record)
}

/// What has not been read yet.
#[derive(Debug)]
pub struct Reader<'b> {
    left: &'b [u8],
    sound: bool,
}

impl<'b> Reader<'b> {
    /// Gives up: nothing that follows can be trusted.
    #[inline(never)]
    pub fn fail(&mut self) {
        self.left = &[];
        self.sound = false;
    }

    /// The next `length` bytes, or none of them.
    #[inline(never)]
    fn take(&mut self, length: usize) -> &'b [u8] {
        match self.left.split_at_checked(length) {
            Some((taken, left)) => {
                self.left = left;
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

    /// A number of up to 32 bits, seven to a byte, the lowest first: LEB128.
    #[inline(never)]
    fn number(&mut self) -> u32 {
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
        let length = self.number() as usize;
        match str::from_utf8(self.take(length)) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                self.fail();
                String::new()
            }
        }
    }

    /// Which of several variants follows.
    pub(crate) fn variant(&mut self) -> u32 {
        self.number()
    }
}

impl Record for String {
    fn read(from: &mut Reader<'_>) -> Self {
        from.text()
    }
}

impl Record for bool {
    fn read(from: &mut Reader<'_>) -> Self {
        from.byte() == 1
    }
}

impl Record for u8 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.byte()
    }
}

impl Record for u16 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.number() as Self
    }
}

impl Record for u32 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.number()
    }
}

impl Record for u64 {
    fn read(from: &mut Reader<'_>) -> Self {
        u128::read(from) as Self
    }
}

impl Record for u128 {
    fn read(from: &mut Reader<'_>) -> Self {
        let mut number = 0;
        for shift in (0..133).step_by(7) {
            let byte = from.byte();
            number |= Self::from(byte & 127) << shift;
            if byte < 128 {
                return number;
            }
        }
        from.fail();
        0
    }
}

impl Record for usize {
    fn read(from: &mut Reader<'_>) -> Self {
        from.number() as Self
    }
}

impl Record for i16 {
    /// Zigzag: 0, -1, 1, -2, …
    fn read(from: &mut Reader<'_>) -> Self {
        let folded = from.number();
        ((folded >> 1) as Self) ^ -((folded & 1) as Self)
    }
}

impl Record for f32 {
    fn read(from: &mut Reader<'_>) -> Self {
        let bytes = from.take(4);
        Self::from_le_bytes(bytes.try_into().unwrap_or_default())
    }
}

impl<T: Record> Record for Option<T> {
    fn read(from: &mut Reader<'_>) -> Self {
        (from.byte() == 1).then(|| T::read(from))
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
}

impl<A: Record, B: Record> Record for (A, B) {
    fn read(from: &mut Reader<'_>) -> Self {
        (A::read(from), B::read(from))
    }
}

/// A record of fields, in the order in which they are written.
macro_rules! record {
    ($record:ty: $($field:ident)+) => {
        impl $crate::content::record::Record for $record {
            fn read(from: &mut $crate::content::record::Reader<'_>) -> Self {
                Self { $($field: $crate::content::record::Record::read(from)),+ }
            }
        }
    };
    // The same, where some fields are not written at all.
    ($record:ty: $($field:ident)+, not $($absent:ident)+) => {
        impl $crate::content::record::Record for $record {
            fn read(from: &mut $crate::content::record::Reader<'_>) -> Self {
                Self {
                    $($field: $crate::content::record::Record::read(from),)+
                    $($absent: Default::default()),+
                }
            }
        }
    };
}
pub(crate) use record;

/// One of several words, in the order in which they are declared. What no version of ours has written
/// is read as the first.
macro_rules! word {
    ($word:ty: $first:ident $($variant:ident)*) => {
        impl $crate::content::record::Record for $word {
            fn read(from: &mut $crate::content::record::Reader<'_>) -> Self {
                let number = from.variant();
                let known = [Self::$first, $(Self::$variant),*];
                match known.into_iter().find(|word| *word as u32 == number) {
                    Some(word) => word,
                    None => {
                        from.fail();
                        Self::$first
                    }
                }
            }
        }
    };
}
pub(crate) use word;

#[cfg(test)]
mod tests {
    use super::{Record, decode};

    fn check<T: Record + serde::Serialize + PartialEq + std::fmt::Debug>(record: T) {
        let bytes = postcard::to_allocvec(&record).unwrap_or_default();
        assert_eq!(decode::<T>(&bytes).as_ref(), Some(&record));
        for length in 0..bytes.len() {
            assert_eq!(decode::<T>(&bytes[..length]), None, "{record:?} cut off after {length} bytes");
        }
    }

    #[test]
    fn what_postcard_writes_is_read_and_what_is_cut_off_is_refused() {
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
    fn bytes_that_lie_are_refused_at_once() {
        // A list of four thousand million, a number of six bytes, half a character.
        assert_eq!(decode::<Vec<String>>(&[255, 255, 255, 255, 15]), None);
        assert_eq!(decode::<u32>(&[255, 255, 255, 255, 255, 15]), None);
        assert_eq!(decode::<String>(&[2, 0xE7, 0xBA]), None);
    }
}
