//! Reading packed records with little code.
//!
//! What serde derives keeps every field apart until all are read, and takes care of each when a later
//! one fails: 8 KB of wasm for an article. A record that is there from the start and filled in field
//! by field needs a third of that. The bytes are the same, so that serde still derives the writing.

use serde::de::{Deserialize, Error, SeqAccess};

/// Implements `Deserialize` for a record with a default, from its fields in the order in which they
/// are written. Only for formats without field names: postcard, not TOML.
macro_rules! read_in_order {
    ($record:ty: $($field:ident)+) => {
        impl<'de> serde::Deserialize<'de> for $record {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $record;

                    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        out.write_str(stringify!($record))
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'de>>(
                        self,
                        mut fields: A,
                    ) -> Result<$record, A::Error> {
                        let mut record = <$record>::default();
                        $($crate::content::record::read(&mut fields, &mut record.$field)?;)+
                        Ok(record)
                    }
                }
                from.deserialize_tuple([$(stringify!($field)),+].len(), Fields)
            }
        }
    };
}
pub(crate) use read_in_order;

/// Reads the next field into its place.
#[inline(never)]
pub(crate) fn read<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(
    fields: &mut A,
    place: &mut T,
) -> Result<(), A::Error> {
    *place = fields.next_element()?.ok_or_else(|| A::Error::custom("too short"))?;
    Ok(())
}
