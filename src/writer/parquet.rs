//! The Parquet format: one typed file per record, written in row groups of bounded size.

use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, ColumnType, DECIMAL_DIGITS, DECIMAL_PLACES, Field, Relation};
use super::{Cell, Format, Lines, OutputFolder, Settings, Sink, Tables, Value, WriteError, Written};
use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::page::{CompressedPage, PageWriteSpec, PageWriter};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, ColumnWriterImpl, get_column_writer};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, Type, TypePtr};
use rust_decimal::Decimal;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Compressed with Snappy, which every reader has; codes and repeated texts as dictionaries.
pub(super) const FORMAT: Format =
    Format { name: "parquet", help: "one typed Parquet file per record", by_default: false, open };

/// A row group is written when it has this many rows …
const GROUP_ROWS: usize = 1 << 16;
/// … or its values this many bytes, so that all records together hold little more than eight times as much.
const GROUP_BYTES: usize = 1 << 24;
/// Rows that are encoded at once: enough that what is known of a column is near when all its values need it.
const ENCODED_ROWS: usize = 1 << 12;
/// Bytes of a decimal: 38 digits need 127 bits.
const DECIMAL_BYTES: i32 = 16;
/// The note in `run.json` that counts decimals left out because the type can't hold them.
const NOT_HELD: &str = "decimals_not_held";

struct ParquetSink {
    /// One file a record, and one for the cells behind them where they are wanted.
    files: Vec<ParquetFile>,
}

fn open(folder: &OutputFolder, settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let cells: Option<&dyn Relation> = (settings.tables != Tables::None).then_some(&CELLS);
    let files = COLUMNS.into_iter().chain(cells).map(|relation| ParquetFile::create(relation, folder));
    Ok(Box::new(ParquetSink { files: files.collect::<Result<Vec<_>, _>>()? }))
}

impl Sink for ParquetSink {
    fn takes(&self, record: usize) -> bool {
        record < self.files.len()
    }

    fn rows(&mut self, lines: &Lines<'_>, repeated: bool) -> Result<(), WriteError> {
        match self.files.get_mut(lines.record) {
            Some(file) if !repeated => file.rows(lines),
            _ => Ok(()),
        }
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        self.files.into_iter().map(ParquetFile::finish).collect()
    }
}

struct ParquetFile {
    file: SerializedFileWriter<PartFile>,
    /// The columns of the row group that is being written; none before its first row.
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
    not_held: u64,
}

impl ParquetFile {
    fn create(relation: &dyn Relation, folder: &OutputFolder) -> Result<Self, WriteError> {
        let part = folder.create(&format!("{}.parquet", relation.name()))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned());
        let failed = part.namer();
        let file = message_type(relation.name(), &relation.fields())
            .and_then(|schema| SerializedFileWriter::new(part, schema, Arc::new(properties.build())));
        let file = file.map_err(|error| failed("write", io_error(error)))?;
        Ok(Self { file, columns: Vec::new(), rows: 0, bytes: 0, not_held: 0 })
    }

    fn rows(&mut self, lines: &Lines<'_>) -> Result<(), WriteError> {
        let written = self.add(lines);
        written.map_err(|error| self.file.inner().failed("write", io_error(error)))
    }

    fn add(&mut self, lines: &Lines<'_>) -> ParquetResult<()> {
        if self.columns.is_empty() {
            let properties = self.file.properties();
            let columns = self.file.schema_descr().columns().iter();
            self.columns = columns.map(|column| Column::begin(column, properties)).collect();
        }
        for row in lines.rows() {
            for (column, cell) in self.columns.iter_mut().zip(row) {
                match column.add(&cell) {
                    Some(bytes) => self.bytes += bytes,
                    None => self.not_held += 1,
                }
            }
            self.rows += 1;
            if self.rows.is_multiple_of(ENCODED_ROWS) {
                self.columns.iter_mut().try_for_each(Column::encode)?;
            }
        }
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES { self.end_group() } else { Ok(()) }
    }

    fn end_group(&mut self) -> ParquetResult<()> {
        if self.rows == 0 {
            return Ok(());
        }
        (self.rows, self.bytes) = (0, 0);
        let mut group = self.file.next_row_group()?;
        for column in std::mem::take(&mut self.columns) {
            let (pages, closed) = column.finish()?;
            group.append_column(&pages, closed)?;
        }
        group.close().map(|_| ())
    }

    fn finish(mut self) -> Result<Written, WriteError> {
        let failed = self.file.inner().namer();
        let ended = self.end_group().and_then(|()| self.file.into_inner());
        let mut written = ended.map_err(|error| failed("write", io_error(error)))?.finish()?;
        written.note(NOT_HELD, self.not_held);
        Ok(written)
    }
}

/// One column of the row group that is being written.
struct Column {
    writer: ColumnWriter<'static>,
    pages: Pages,
    /// Values that are not encoded yet.
    values: Values,
    levels: Levels,
}

impl Column {
    fn begin(column: &ColumnDescPtr, properties: &WriterPropertiesPtr) -> Self {
        let pages = Pages::default();
        let writer = get_column_writer(column.clone(), properties.clone(), Box::new(pages.clone()));
        Self { writer, pages, values: Values::default(), levels: Levels::default() }
    }

    /// Adds the value of one row; the bytes it takes, or `None` for a decimal that the type can't hold.
    fn add(&mut self, cell: &Cell<'_>) -> Option<usize> {
        let (values, mut bytes) = (&mut self.values, Some(0));
        let mut is_there = true;
        match cell.value {
            Value::Integer(number) => values.integers.push(*number),
            Value::Boolean(answer) => values.answers.push(*answer),
            Value::Text(text) => bytes = Some(values.texts.add(text.as_bytes(), cell.again)),
            Value::Decimal(decimal) => {
                bytes = scaled(*decimal).map(|scaled| values.texts.add(&scaled.to_be_bytes(), cell.again));
                is_there = bytes.is_some();
            }
            Value::List(items) => {
                self.levels.list(items.len());
                return Some(items.iter().map(|item| values.texts.add(item.as_bytes(), false)).sum());
            }
            Value::Empty => is_there = false,
        }
        self.levels.definitions.push(i16::from(is_there));
        bytes
    }

    /// Hands all values to the writer.
    fn encode(&mut self) -> ParquetResult<()> {
        let Values { integers, answers, texts } = std::mem::take(&mut self.values);
        let levels = std::mem::take(&mut self.levels);
        match &mut self.writer {
            ColumnWriter::Int64ColumnWriter(writer) => levels.write(writer, &integers),
            ColumnWriter::BoolColumnWriter(writer) => levels.write(writer, &answers),
            ColumnWriter::FixedLenByteArrayColumnWriter(writer) => {
                levels.write(writer, &texts.values().map(FixedLenByteArray::from).collect::<Vec<_>>())
            }
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                levels.write(writer, &texts.values().collect::<Vec<_>>())
            }
            _ => Err(ParquetError::NYI("a column of this type".to_owned())),
        }
    }

    /// The encoded column, and what is to be known of it.
    fn finish(mut self) -> ParquetResult<(Bytes, ColumnCloseResult)> {
        self.encode()?;
        let closed = self.writer.close()?;
        let pages = std::mem::replace(&mut *self.pages.lock(), TrackedWrite::new(Vec::new()));
        Ok((pages.into_inner()?.into(), closed))
    }
}

/// Values of one column, which are all of one type.
#[derive(Default)]
struct Values {
    integers: Vec<i64>,
    answers: Vec<bool>,
    /// Texts, or decimals as whole numbers of their last place.
    texts: Pool,
}

/// How much of each row's value is there.
#[derive(Default)]
struct Levels {
    /// 1 where a row has a value, or for each item of its list; 0 where it has none.
    definitions: Vec<i16>,
    /// For lists: 0 at a row's first item, 1 at the others. Empty for other columns.
    repetitions: Vec<i16>,
}

impl Levels {
    fn list(&mut self, items: usize) {
        self.definitions.extend(std::iter::repeat_n(i16::from(items > 0), items.max(1)));
        self.repetitions.extend((0..items.max(1)).map(|item| i16::from(item > 0)));
    }

    fn write<T: DataType>(self, writer: &mut ColumnWriterImpl<'_, T>, values: &[T::T]) -> ParquetResult<()> {
        let repetitions = (!self.repetitions.is_empty()).then_some(self.repetitions.as_slice());
        writer.write_batch(values, Some(&self.definitions), repetitions).map(|_| ())
    }
}

/// Values of a column in one piece of memory, where one that comes again stands once.
#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl Pool {
    /// Adds a value; `again` says that it is the same as the last one. Says how many bytes it takes.
    fn add(&mut self, value: &[u8], again: bool) -> usize {
        let start = self.bytes.len();
        let last = self.places.last().filter(|_| again).cloned();
        if last.is_none() {
            self.bytes.extend(value);
        }
        self.places.push(last.unwrap_or(start..self.bytes.len()));
        self.bytes.len() - start
    }

    fn values(self) -> impl Iterator<Item = ByteArray> {
        let bytes = Bytes::from(self.bytes);
        self.places.into_iter().map(move |place| bytes.slice(place).into())
    }
}

/// The pages of a column in memory, for whom writes them and whom they are for.
#[derive(Clone)]
struct Pages(Arc<Mutex<TrackedWrite<Vec<u8>>>>);

impl Default for Pages {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(TrackedWrite::new(Vec::new()))))
    }
}

impl Pages {
    fn lock(&self) -> MutexGuard<'_, TrackedWrite<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PageWriter for Pages {
    fn write_page(&mut self, page: CompressedPage) -> ParquetResult<PageWriteSpec> {
        SerializedPageWriter::new(&mut self.lock()).write_page(page)
    }

    fn close(&mut self) -> ParquetResult<()> {
        SerializedPageWriter::new(&mut self.lock()).close()
    }
}

/// The decimal as a whole number of its last place; `None` where it has more places or digits than the type.
fn scaled(decimal: Decimal) -> Option<i128> {
    /// The powers of ten that a decimal may be short of.
    const POWERS: [i128; DECIMAL_PLACES as usize + 1] = {
        let mut powers = [1; DECIMAL_PLACES as usize + 1];
        let mut at = 1;
        while at < powers.len() {
            powers[at] = powers[at - 1] * 10;
            at += 1;
        }
        powers
    };
    let decimal = if decimal.scale() > DECIMAL_PLACES { decimal.normalize() } else { decimal };
    let power = POWERS.get(DECIMAL_PLACES.checked_sub(decimal.scale())? as usize)?;
    let scaled = decimal.mantissa().checked_mul(*power)?;
    (scaled.unsigned_abs() < 10_u128.pow(DECIMAL_DIGITS)).then_some(scaled)
}

fn message_type(name: &str, fields: &[Field]) -> ParquetResult<TypePtr> {
    let columns = fields.iter().map(|field| column_type(field).map(Arc::new));
    let columns = columns.collect::<ParquetResult<Vec<_>>>()?;
    Type::group_type_builder(name).with_fields(columns).build().map(Arc::new)
}

fn column_type(field: &Field) -> ParquetResult<Type> {
    let primitive = |name, physical| Type::primitive_type_builder(name, physical);
    let optional = |physical| primitive(field.name, physical).with_repetition(Repetition::OPTIONAL);
    match field.kind {
        ColumnType::Text => {
            optional(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)).build()
        }
        ColumnType::Integer => optional(Physical::INT64).build(),
        ColumnType::Boolean => optional(Physical::BOOLEAN).build(),
        ColumnType::Decimal => {
            let (scale, precision) = (DECIMAL_PLACES.cast_signed(), DECIMAL_DIGITS.cast_signed());
            optional(Physical::FIXED_LEN_BYTE_ARRAY)
                .with_length(DECIMAL_BYTES)
                .with_precision(precision)
                .with_scale(scale)
                .with_logical_type(Some(LogicalType::decimal(scale, precision)))
                .build()
        }
        ColumnType::List => {
            let item = primitive("element", Physical::BYTE_ARRAY).with_repetition(Repetition::REQUIRED);
            let item = item.with_logical_type(Some(LogicalType::String)).build()?;
            let items = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let items = items.with_fields(vec![Arc::new(item)]).build()?;
            Type::group_type_builder(field.name)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(items)])
                .build()
        }
    }
}

fn io_error(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_scaled_exactly_or_left_out() {
        let scaled = |text: &str| scaled(text.parse().unwrap());
        assert_eq!(scaled("34908.370"), Some(34_908_370_000_000_000));
        assert_eq!(scaled("-0.000000000001"), Some(-1));
        assert_eq!(scaled("0.0000000000001"), None);
        assert_eq!(scaled("79228162514264337593543950335"), None, "more than 38 digits with its places");
        assert_eq!(
            scaled("79228162514264337593543950"),
            Some(79_228_162_514_264_337_593_543_950 * 10_i128.pow(12))
        );
    }
}
