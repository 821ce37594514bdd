//! The text of a design file: read once, bounded in size, with a name and a hash to quote.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The largest design file that is read, in bytes (1 MiB; the shipped designs have a few KiB).
pub const MAX_BYTES: u64 = 1 << 20;

/// The text of one design file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    name: String,
    text: String,
    sha256: String,
}

impl SourceText {
    /// Reads a file; the path `-` reads standard input.
    ///
    /// # Errors
    /// [`Error::Read`] if the file is missing or unreadable, [`Error::IsFolder`],
    /// [`Error::NotAFile`] for a pipe or device, [`Error::TooLarge`] over [`MAX_BYTES`] (found
    /// from the file's size, before anything is read), [`Error::NotUtf8`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        if path == Path::new("-") {
            return Self::from_reader("<stdin>", std::io::stdin().lock());
        }
        let cannot_read = |source| Error::Read {
            path: path.to_owned(),
            source,
        };
        let about = std::fs::metadata(path).map_err(cannot_read)?;
        if about.is_dir() {
            return Err(Error::IsFolder {
                path: path.to_owned(),
            });
        }
        if !about.is_file() {
            return Err(Error::NotAFile {
                path: path.to_owned(),
            });
        }
        if about.len() > MAX_BYTES {
            return Err(Error::TooLarge {
                path: path.to_owned(),
                bytes: about.len(),
                limit: MAX_BYTES,
            });
        }
        let file = std::fs::File::open(path).map_err(cannot_read)?;
        Self::from_reader(&path.to_string_lossy(), file)
    }

    /// Reads everything from `reader`, under the name `name`, never more than [`MAX_BYTES`].
    ///
    /// # Errors
    /// [`Error::Read`], [`Error::TooLarge`] or [`Error::NotUtf8`], as for [`SourceText::open`].
    pub fn from_reader(name: &str, reader: impl Read) -> Result<Self> {
        let mut bytes = Vec::new();
        reader
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|source| Error::Read {
                path: name.into(),
                source,
            })?;
        Self::from_bytes(name, &bytes)
    }

    /// The text in `bytes`, under the name `name`; a byte order mark at the start is dropped.
    ///
    /// # Errors
    /// [`Error::TooLarge`] over [`MAX_BYTES`], [`Error::NotUtf8`] with the line of the first bad
    /// byte.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self> {
        let length = bytes.len() as u64;
        if length > MAX_BYTES {
            return Err(Error::TooLarge {
                path: name.into(),
                bytes: length,
                limit: MAX_BYTES,
            });
        }
        let text = std::str::from_utf8(bytes).map_err(|fault| Error::NotUtf8 {
            path: name.into(),
            line: 1 + bytes[..fault.valid_up_to()]
                .iter()
                .filter(|&&b| b == b'\n')
                .count(),
        })?;
        Ok(Self {
            name: name.to_owned(),
            text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
            sha256: sha256_hex(bytes),
        })
    }

    /// The name to show: the path as given, or `<stdin>`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// SHA-256 of the bytes as they were read, 64 lower-case hex digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Line and column, both from 1 and the column in characters, of the byte at `offset`; an
    /// offset beyond the end gives the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.bytes().filter(|&b| b == b'\n').count();
        (line, 1 + before[line_start..].chars().count())
    }
}

/// SHA-256 of `bytes` as 64 lower-case hex digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").expect("writing to a String cannot fail");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_fips_180_4() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let source = SourceText::from_bytes("a.json", "{\n  \"ü\": 1\n}".as_bytes()).unwrap();
        assert_eq!(source.position(0), (1, 1));
        let one = source.text().find('1').unwrap();
        assert_eq!(source.position(one), (2, 8));
        assert_eq!(
            source.position(one - 4),
            (2, 4),
            "inside the two bytes of ü"
        );
        assert_eq!(source.position(9999), (3, 2));
    }

    #[test]
    fn a_byte_order_mark_is_dropped_but_hashed() {
        let with = SourceText::from_bytes("a", b"\xef\xbb\xbf{}").unwrap();
        let without = SourceText::from_bytes("a", b"{}").unwrap();
        assert_eq!(with.text(), "{}");
        assert_ne!(with.sha256(), without.sha256());
    }

    #[test]
    fn bad_files_are_refused_each_with_its_own_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let error = |path: &Path| SourceText::open(path).unwrap_err();
        let missing = folder.path().join("no.json");
        assert!(matches!(error(&missing), Error::Read { .. }));
        assert!(matches!(error(folder.path()), Error::IsFolder { .. }));
        let latin1 = file("latin1.json", b"{\n\"a\": \"\xfc\"}");
        assert!(matches!(error(&latin1), Error::NotUtf8 { line: 2, .. }));
        let huge = folder.path().join("huge.json");
        std::fs::File::create(&huge)
            .and_then(|f| f.set_len(100 << 20))
            .unwrap();
        assert!(matches!(error(&huge), Error::TooLarge { bytes, .. } if bytes == 100 << 20));
        let good = file("good.json", b"{}");
        assert_eq!(SourceText::open(good).unwrap().text(), "{}");
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_refused_before_they_are_opened() {
        let error = SourceText::open("/dev/zero").unwrap_err();
        assert!(matches!(error, Error::NotAFile { .. }), "{error}");
    }

    #[test]
    fn an_endless_reader_is_cut_off_at_the_limit() {
        let error = SourceText::from_reader("<stdin>", std::io::repeat(b' ')).unwrap_err();
        assert!(matches!(error, Error::TooLarge { .. }));
    }
}
