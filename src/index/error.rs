//! What can be wrong with a pack or the index inside it.

/// Shorthand used throughout `index`.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a pack cannot be used. Each names what was expected and what was found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not a pack at all. Remedy: name a file made by `posdoc build`.
    #[error("这不是 posdoc 内容包。请指向 posdoc build 生成的文件")]
    Magic,
    /// Made by another release. Remedy: rebuild the pack, or update the program.
    #[error("内容包的格式是第 {got} 版，这个程序只读第 {expected} 版。请用同一版本重新运行 posdoc build")]
    Format {
        /// The version this program reads.
        expected: u32,
        /// The version found.
        got: u32,
    },
    /// Its terms were made by another analyzer. Remedy: rebuild the pack.
    #[error("内容包按第 {got} 版分词建立，这个程序用第 {expected} 版。请重新运行 posdoc build")]
    Analyzer {
        /// The analyzer's version.
        expected: u32,
        /// The version the pack records.
        got: u32,
    },
    /// Cut off. Remedy: fetch or build it again.
    #[error("内容包不完整：应有 {expected} 字节，只有 {got} 字节。请重新下载或重新生成")]
    Truncated {
        /// Bytes the header promises.
        expected: usize,
        /// Bytes there are.
        got: usize,
    },
    /// Bytes changed on the way. Remedy: fetch or build it again.
    #[error(
        "内容包的「{section}」部分损坏：校验值应为 {expected:016x}，实际是 {got:016x}。请重新下载或重新生成"
    )]
    Damaged {
        /// Which part.
        section: &'static str,
        /// Checksum in the header.
        expected: u64,
        /// Checksum of the bytes.
        got: u64,
    },
    /// A part is missing; the pack was made for another purpose.
    #[error("内容包里没有「{section}」部分。请用完整的包")]
    Missing {
        /// Which part.
        section: &'static str,
    },
    /// A record does not read as what it should be, although its bytes are intact.
    #[error("内容包的「{section}」部分读不懂。请用同一版本重新运行 posdoc build")]
    Record {
        /// Which part.
        section: &'static str,
    },
    /// tantivy refused.
    #[error("索引打不开：{0}")]
    Engine(String),
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(error.to_string())
    }
}
