//! Packs: reproducible, and refused with the reason when unfit.

use posdoc::index::{Error, Pack, Section};
use posdoc::matching::{self, Part};

use crate::{base, pack};

fn bytes() -> Vec<u8> {
    let built = matching::build(base(), 7).expect("the content can be built");
    built.finish(|section| Part::Whole.holds(section))
}

#[test]
fn building_twice_gives_identical_bytes() {
    assert!(bytes() == bytes(), "two builds of the same content differ");
}

#[test]
fn every_part_opens_and_holds_what_its_module_reads() {
    let built = matching::build(base(), 7).expect("the content can be built");
    let part = |part: Part| built.finish(|section| part.holds(section));
    let interface = part(Part::Interface);
    let interface = Pack::open(&interface).expect("sound");
    assert!(interface.bytes(Section::Catalogue).is_ok() && interface.bytes(Section::Everyday).is_ok());
    assert!(matches!(interface.bytes(Section::Index), Err(Error::Missing { .. })));
    let engine = part(Part::Engine);
    assert!(Pack::open(&engine).expect("sound").bytes(Section::Index).is_ok());
}

#[test]
fn a_foreign_file_is_not_a_pack() {
    assert!(matches!(Pack::open(b"PK\x03\x04 a zip file, say"), Err(Error::Magic)));
    assert!(matches!(Pack::open(b""), Err(Error::Magic)));
}

#[test]
fn another_format_version_is_refused_with_both_numbers() {
    let mut bytes = bytes();
    bytes[8] = 99;
    let error = Pack::open(&bytes).expect_err("a future format");
    assert!(matches!(error, Error::Format { expected: posdoc::index::FORMAT, got: 99 }), "{error}");
    assert!(error.to_string().contains("posdoc build"), "{error}");
}

#[test]
fn a_truncated_pack_is_refused_at_every_length() {
    let bytes = bytes();
    for length in [8, 15, 23, 24, 60, bytes.len() / 2, bytes.len() - 1] {
        let error = Pack::open(&bytes[..length]).expect_err("a truncated pack");
        assert!(matches!(error, Error::Truncated { .. }), "{length}: {error}");
    }
}

#[test]
fn a_flipped_byte_anywhere_is_found_and_the_section_named() {
    let sound = bytes();
    let mut seen = 0;
    for at in (24..sound.len()).step_by(sound.len() / 97) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x10;
        let error = Pack::open(&bytes).expect_err("a damaged pack");
        assert!(matches!(error, Error::Damaged { .. }), "{at}: {error}");
        seen += 1;
    }
    assert!(seen > 90);
}

#[test]
fn a_whole_pack_holds_every_article() {
    let everyday: Vec<posdoc::content::Topic> = pack().read(Section::Everyday).expect("readable");
    let articles: Vec<posdoc::content::Topic> = pack().read(Section::Articles).expect("readable");
    assert_eq!(articles.len(), base().topics.len());
    assert!(everyday.len() >= 6, "the first screen shows six to eight symptoms");
}
