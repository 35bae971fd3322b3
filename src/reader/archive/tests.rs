//! What archives hand out, and what they refuse.

use super::stored_rar::{Entry, Mark, rar4, rar5};
use super::*;
use ::zip::write::SimpleFileOptions;
use sevenz_rust2::encoder_options::AesEncoderOptions;
use sevenz_rust2::{ArchiveEntry, ArchiveWriter, EncoderMethod};
use std::io::{Cursor, Write};

/// What reading a member gave.
type Read = Result<Vec<u8>, ReadError>;
type Files<'a> = &'a [(&'a str, &'a [u8])];

fn zip_of(files: Files<'_>) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(files: Files<'_>) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = ::tar::Header::new_gnu();
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip_of(bytes: &[u8], name: Option<&str>) -> Vec<u8> {
    let builder = name.map_or_else(flate2::GzBuilder::new, |name| flate2::GzBuilder::new().filename(name));
    let mut writer = builder.write(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn seven_of(files: Files<'_>, password: Option<&str>) -> Vec<u8> {
    let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).unwrap();
    if let Some(password) = password {
        let aes = AesEncoderOptions::new(password.into());
        writer.set_content_methods(vec![aes.into(), EncoderMethod::LZMA2.into()]);
    }
    for (name, bytes) in files {
        writer.push_archive_entry(ArchiveEntry::new_file(name), Some(*bytes)).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn rar_entries(files: Files<'_>) -> Vec<Entry<'_>> {
    files.iter().map(|(name, bytes)| Entry { name: name.as_bytes(), bytes, mark: Mark::Plain }).collect()
}

fn rar_of(files: Files<'_>) -> Vec<u8> {
    rar5(&rar_entries(files), true)
}

fn bzip2_of(bytes: &[u8]) -> Vec<u8> {
    let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn xz_of(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(6);
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn opened(bytes: &[u8], limits: &Limits) -> Result<Vec<(String, Read)>, ReadError> {
    let format = crate::reader::detect(bytes);
    let mut archive = Archive::open(bytes, format, "a.txt.gz", &mut Budget::new(limits))?;
    let positions = 0..archive.members.len();
    Ok(positions
        .map(|position| {
            let path = archive.members[position].path.clone();
            (path, archive.read(position).map(Cow::into_owned))
        })
        .collect())
}

fn members(bytes: &[u8]) -> Vec<(String, Read)> {
    opened(bytes, &Limits::default()).unwrap()
}

fn codes(bytes: &[u8]) -> Vec<(String, &'static str)> {
    let code = |result: Result<Vec<u8>, ReadError>| result.map_or_else(|error| error.code(), |_| "");
    members(bytes).into_iter().map(|(path, result)| (path, code(result))).collect()
}

fn code(bytes: &[u8], limits: &Limits) -> &'static str {
    opened(bytes, limits).map_or_else(|error| error.code(), |_| "")
}

const FILES: Files<'static> =
    &[("b/霸州.txt", "部门预算".as_bytes()), ("a.txt", b"1"), ("b/empty", b""), ("b-1.txt", b"22")];

fn expected() -> Vec<(String, Read)> {
    let of = |index: usize| (FILES[index].0.to_owned(), Ok(FILES[index].1.to_vec()));
    vec![of(1), of(3), of(2), of(0)]
}

#[test]
fn every_kind_of_archive_hands_out_its_files_in_the_order_of_their_paths() {
    assert_eq!(members(&zip_of(FILES)), expected());
    assert_eq!(members(&tar_of(FILES)), expected());
    assert_eq!(members(&gzip_of(&tar_of(FILES), None)), expected());
    assert_eq!(members(&bzip2_of(&tar_of(FILES))), expected());
    assert_eq!(members(&xz_of(&tar_of(FILES))), expected());
    assert_eq!(members(&seven_of(FILES, None)), expected());
    assert_eq!(members(&rar_of(FILES)), expected());
    assert_eq!(members(&rar4(&rar_entries(FILES))), expected());
}

#[test]
fn members_of_a_zip_are_unpacked_by_every_method_in_use() {
    use ::zip::CompressionMethod::{Bzip2, Lzma, Stored};
    for method in [Stored, Bzip2] {
        let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("a", SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(&[b'x'; 3000]).unwrap();
        let zip = writer.finish().unwrap().into_inner();
        assert_eq!(members(&zip), [("a".to_owned(), Ok(vec![b'x'; 3000]))], "{method:?}");
    }
    let lzma = include_bytes!("../../../tests/fixtures/archive/lzma.zip");
    assert_eq!(members(lzma), [("a.txt".to_owned(), Ok("部门预算".repeat(99).into_bytes()))], "{Lzma:?}");
    let deflate64 = include_bytes!("../../../tests/fixtures/archive/deflate64.zip");
    assert_eq!(members(deflate64), members(lzma));
    // A dictionary of four gigabytes is refused before anything is allocated.
    let mut greedy = lzma.to_vec();
    let head = (0..lzma.len() - 9).find(|at| lzma[at + 2..at + 5] == [5, 0, 0x5d]).unwrap();
    greedy[head + 5..head + 9].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(codes(&greedy), [("a.txt".to_owned(), "too_large")]);
}

#[test]
fn a_member_packed_by_an_unknown_method_has_its_row() {
    let mut zip = zip_of(&[("a.txt", b"1"), ("b.txt", b"2")]);
    let places: Vec<usize> =
        (0..zip.len() - 4).filter(|at| matches!(&zip[*at..*at + 4], b"PK\x01\x02" | b"PK\x03\x04")).collect();
    for (at, field) in [(places[0], 8), (places[2], 10)] {
        zip[at + field] = 97;
    }
    assert_eq!(codes(&zip), [("a.txt".to_owned(), "unsupported_format"), ("b.txt".to_owned(), "")]);
}

#[test]
fn entries_of_a_rar_that_cannot_be_had_are_named_and_the_rest_is_read() {
    let gbk = encoding_rs::GBK.encode("霸州市/财政局.txt").0.into_owned();
    let entry = |name, mark| Entry { name, bytes: if mark == Mark::Folder { b"" } else { b"123" }, mark };
    let entries = [
        entry(b"d", Mark::Folder),
        entry(b"d/link", Mark::Link),
        entry(b"d/secret", Mark::Encrypted),
        entry(b"../out", Mark::Plain),
        entry(&gbk, Mark::Plain),
        entry(b"z", Mark::Plain),
    ];
    let expected = [
        ("../out", "unsafe_path"),
        ("d/link", "link"),
        ("d/secret", "encrypted"),
        ("z", ""),
        ("霸州市/财政局.txt", ""),
    ]
    .map(|(path, code)| (path.to_owned(), code));
    assert_eq!(codes(&rar4(&entries)), expected);
    assert_eq!(codes(&rar5(&entries, true)), expected);
    let split = rar5(&[entry(b"a", Mark::Plain), entry(b"b", Mark::Split)], true);
    assert_eq!(codes(&split), [("a".to_owned(), ""), ("b".to_owned(), "unsupported_format")]);
    let cut = |bytes: &[u8]| {
        let archive =
            Archive::open(bytes, Format::Rar, "a.rar", &mut Budget::new(&Limits::default())).unwrap();
        archive.cut.map(|error| error.code())
    };
    assert_eq!(cut(&split), Some("unsupported_format"));
    assert_eq!(cut(&rar5(&entries, false)), Some("damaged"));
    assert_eq!(cut(&rar5(&entries, true)), None);
}

#[test]
fn a_packed_file_has_the_name_it_states_or_its_own() {
    assert_eq!(members(&gzip_of(b"x", Some("b.csv"))), [("b.csv".to_owned(), Ok(b"x".to_vec()))]);
    for packed in [gzip_of(b"x", None), bzip2_of(b"x"), xz_of(b"x")] {
        assert_eq!(members(&packed), [("a.txt".to_owned(), Ok(b"x".to_vec()))]);
    }
}

#[test]
fn folders_have_no_row_and_links_are_refused() {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_directory("d", SimpleFileOptions::default()).unwrap();
    writer.add_symlink("d/l", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let zip = writer.finish().unwrap().into_inner();
    assert_eq!(codes(&zip), [("d/l".to_owned(), "link")]);
    let mut builder = ::tar::Builder::new(Vec::new());
    for (kind, name) in [
        (::tar::EntryType::Directory, "d"),
        (::tar::EntryType::Symlink, "l"),
        (::tar::EntryType::Link, "m"),
        (::tar::EntryType::Fifo, "p"),
    ] {
        let mut header = ::tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        builder.append_data(&mut header, name, &[][..]).unwrap();
    }
    let tar = builder.into_inner().unwrap();
    assert_eq!(codes(&tar), ["l", "m", "p"].map(|name| (name.to_owned(), "link")));
}

#[test]
fn paths_that_lead_out_are_refused_and_the_rest_is_read() {
    let files: Files<'_> = &[("../a.txt", b"1"), ("b.txt", b"2"), ("/c.txt", b"3"), ("d/../../e", b"4")];
    let expected =
        [("../a.txt", "unsafe_path"), ("/c.txt", "unsafe_path"), ("b.txt", ""), ("d/../../e", "unsafe_path")]
            .map(|(path, code)| (path.to_owned(), code));
    assert_eq!(codes(&zip_of(files)), expected);
    assert_eq!(codes(&tar_of(files)), expected);
    assert_eq!(codes(&seven_of(files, None)), expected);
    assert_eq!(codes(&rar_of(files)), expected);
}

#[test]
fn encrypted_members_are_named() {
    let mut zip = zip_of(&[("a.txt", b"1"), ("b.txt", b"2")]);
    let second = (0..zip.len() - 4).filter(|at| &zip[*at..*at + 4] == b"PK\x01\x02").nth(1).unwrap();
    zip[second + 8] |= 1;
    assert_eq!(codes(&zip), [("a.txt".to_owned(), ""), ("b.txt".to_owned(), "encrypted")]);
    let seven = seven_of(&[("a.txt", b"1")], Some("secret"));
    assert!(matches!(code(&seven, &Limits::default()), "encrypted") || codes(&seven)[0].1 == "encrypted");
}

#[test]
fn names_in_gbk_are_read() {
    let mut zip = zip_of(&[("0123456789ab.txt", b"1")]);
    let name = encoding_rs::GBK.encode("霸州市财政局").0.into_owned();
    let places: Vec<usize> =
        (0..zip.len() - 12).filter(|at| &zip[*at..*at + 12] == b"0123456789ab").collect();
    for at in places {
        zip[at..at + 12].copy_from_slice(&name);
    }
    assert_eq!(codes(&zip), [("霸州市财政局.txt".to_owned(), "")]);
}

#[test]
fn bombs_are_refused_by_size_by_ratio_and_by_number() {
    let zeros = vec![0; 40 << 20];
    let packed = [zip_of(&[("zeros", &zeros), ("a", b"1")]), seven_of(&[("zeros", &zeros)], None)];
    assert_eq!(codes(&packed[0]), [("a".to_owned(), ""), ("zeros".to_owned(), "too_large")]);
    assert_eq!(code(&packed[1], &Limits::default()), "too_large");
    assert_eq!(code(&gzip_of(&zeros, None), &Limits::default()), "too_large");
    let small = Limits { archive_bytes: 5, ..Limits::default() };
    for pack in [|bytes: &[u8]| gzip_of(bytes, None), bzip2_of, xz_of, |bytes: &[u8]| rar_of(&[("a", bytes)])]
    {
        assert_eq!(code(&pack(b"123456"), &small), "too_large");
        assert_eq!(code(&pack(b"12345"), &small), "");
    }
    let few = Limits { archive_members: 3, ..Limits::default() };
    for bytes in [zip_of(FILES), tar_of(FILES), seven_of(FILES, None), rar_of(FILES)] {
        let format = crate::reader::detect(&bytes);
        let archive = Archive::open(&bytes, format, "a", &mut Budget::new(&few)).unwrap();
        assert_eq!((archive.members.len(), archive.cut.map(|error| error.code())), (3, Some("too_large")));
    }
}

#[test]
fn a_zip_that_lies_about_a_size_gives_no_more_than_it_says() {
    let mut zip = zip_of(&[("a.txt", &[7; 5000])]);
    let entry = (0..zip.len() - 4).find(|at| &zip[*at..*at + 4] == b"PK\x01\x02").unwrap();
    zip[entry + 24..entry + 28].copy_from_slice(&9_u32.to_le_bytes());
    assert_eq!(codes(&zip), [("a.txt".to_owned(), "damaged")]);
}

#[test]
fn damage_of_one_member_is_its_own() {
    let text: Vec<u8> = (0..4000_u32).flat_map(|n| (n * n % 251).to_le_bytes()).collect();
    let mut zip = zip_of(&[("a.txt", &text), ("b.txt", b"2")]);
    zip[200] ^= 0xff;
    assert_eq!(codes(&zip), [("a.txt".to_owned(), "damaged"), ("b.txt".to_owned(), "")]);
}

#[test]
fn archives_cut_anywhere_are_read_up_to_the_cut_or_refused() {
    let text: Vec<u8> = (0..9000_u32).flat_map(|n| (n * n % 253).to_le_bytes()).collect();
    let files: Files<'_> = &[("a.txt", b"1"), ("b.txt", &text), ("c.txt", b"3")];
    let archives = [
        zip_of(files),
        tar_of(files),
        gzip_of(&tar_of(files), None),
        seven_of(files, None),
        gzip_of(&text, None),
        bzip2_of(&tar_of(files)),
        xz_of(&tar_of(files)),
        rar_of(files),
        rar4(&rar_entries(files)),
    ];
    for bytes in archives {
        for tenth in 1..10 {
            let cut = &bytes[..bytes.len() * tenth / 10];
            let format = crate::reader::detect(cut);
            if !is_archive(format) {
                continue;
            }
            let Ok(archive) = Archive::open(cut, format, "a", &mut Budget::new(&Limits::default())) else {
                continue;
            };
            let whole = archive.members.len() == 3 && archive.members.iter().all(|m| m.refusal.is_none());
            assert!(
                archive.cut.is_some() || !whole,
                "{} cut at {tenth} tenths looks complete",
                format.code()
            );
        }
    }
}

#[test]
fn flipped_bits_never_break_the_program() {
    let archives = [
        zip_of(FILES),
        tar_of(FILES),
        gzip_of(&tar_of(FILES), None),
        bzip2_of(b"1"),
        xz_of(b"1"),
        seven_of(FILES, None),
        rar_of(FILES),
        rar4(&rar_entries(FILES)),
    ];
    for bytes in archives {
        for at in 0..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 0x55;
            let format = crate::reader::detect(&broken);
            if is_archive(format) {
                let _ = opened(&broken, &Limits::default());
            }
        }
    }
}

#[test]
fn archives_in_archives_end_at_the_depth_allowed() {
    let none = Limits { archive_depth: 0, ..Limits::default() };
    assert_eq!(code(&zip_of(FILES), &none), "too_large");
}
