//! The Parquet format: one typed file per record, written in row groups of bounded size.

use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, ColumnType, DECIMAL_DIGITS, DECIMAL_PLACES, Field, Relation};
use super::{Format, Line, OutputFolder, Settings, Sink, Tables, Value, WriteError, Written};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int64Type,
};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use rust_decimal::Decimal;
use std::io;
use std::sync::Arc;

/// Compressed with Snappy, which every reader has; codes and repeated texts as dictionaries.
pub(super) const FORMAT: Format =
    Format { name: "parquet", help: "one typed Parquet file per record", by_default: false, open };

/// A row group is written when it has this many rows …
const GROUP_ROWS: usize = 1 << 16;
/// … or this many bytes, so that all records together hold no more than eight times as much.
const GROUP_BYTES: usize = 1 << 24;
/// What a value takes in memory besides its text.
const VALUE_BYTES: usize = 40;
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

    fn row(&mut self, line: &Line<'_>, repeated: bool) -> Result<(), WriteError> {
        match self.files.get_mut(line.record) {
            Some(file) if !repeated => file.row(line.values),
            _ => Ok(()),
        }
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        self.files.into_iter().map(ParquetFile::finish).collect()
    }
}

struct ParquetFile {
    file: SerializedFileWriter<PartFile>,
    columns: Vec<Buffer>,
    rows: usize,
    bytes: usize,
    not_held: u64,
}

impl ParquetFile {
    fn create(relation: &dyn Relation, folder: &OutputFolder) -> Result<Self, WriteError> {
        let part = folder.create(&format!("{}.parquet", relation.name()))?;
        let fields = relation.fields();
        let columns = fields.iter().map(Buffer::new).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned());
        let failed = part.namer();
        let file = message_type(relation.name(), &fields)
            .and_then(|schema| SerializedFileWriter::new(part, schema, Arc::new(properties.build())));
        let file = file.map_err(|error| failed("write", io_error(error)))?;
        Ok(Self { file, columns, rows: 0, bytes: 0, not_held: 0 })
    }

    fn row(&mut self, values: &[Value<'_>]) -> Result<(), WriteError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            match column.push(value) {
                Some(bytes) => self.bytes += bytes,
                None => self.not_held += 1,
            }
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        if self.rows == 0 {
            return Ok(());
        }
        let written = write_group(&mut self.file, &mut self.columns);
        (self.rows, self.bytes) = (0, 0);
        written.map_err(|error| self.file.inner().failed("write", io_error(error)))
    }

    fn finish(mut self) -> Result<Written, WriteError> {
        self.flush()?;
        let failed = self.file.inner().namer();
        let part = self.file.into_inner().map_err(|error| failed("write", io_error(error)))?;
        let mut written = part.finish()?;
        written.note(NOT_HELD, self.not_held);
        Ok(written)
    }
}

/// One row group of what the columns hold, which empties them.
fn write_group(file: &mut SerializedFileWriter<PartFile>, columns: &mut [Buffer]) -> ParquetResult<()> {
    let mut group = file.next_row_group()?;
    for column in columns {
        let Some(mut writer) = group.next_column()? else { break };
        column.write(&mut writer)?;
        writer.close()?;
    }
    group.close().map(|_| ())
}

/// The values of one column since the last row group, and for each row how much of the value is there.
struct Buffer {
    values: Values,
    /// 1 where a row has a value, 0 where it has none.
    definitions: Vec<i16>,
    /// For lists: 0 at a row's first item, 1 at the others. Empty for other columns.
    repetitions: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Decimal(Vec<FixedLenByteArray>),
    Boolean(Vec<bool>),
}

impl Buffer {
    fn new(field: &Field) -> Self {
        let values = match field.kind {
            ColumnType::Text | ColumnType::List => Values::Text(Vec::new()),
            ColumnType::Integer => Values::Integer(Vec::new()),
            ColumnType::Decimal => Values::Decimal(Vec::new()),
            ColumnType::Boolean => Values::Boolean(Vec::new()),
        };
        Self { values, definitions: Vec::new(), repetitions: Vec::new() }
    }

    /// Adds the value of one row; the bytes it takes, or `None` for a decimal that the type can't hold.
    fn push(&mut self, value: &Value<'_>) -> Option<usize> {
        match (&mut self.values, value) {
            (Values::Text(texts), Value::Text(text)) => {
                self.definitions.push(1);
                // Rows of one document repeat its path and region: they share one text.
                if let Some(last) = texts.last().filter(|last| last.data() == text.as_bytes()) {
                    texts.push(last.clone());
                    return Some(VALUE_BYTES);
                }
                texts.push(ByteArray::from(text.as_bytes().to_vec()));
                return Some(VALUE_BYTES + text.len());
            }
            (Values::Text(texts), Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    texts.push(ByteArray::from(item.as_bytes().to_vec()));
                    self.definitions.push(1);
                    self.repetitions.push(i16::from(index > 0));
                }
                if items.is_empty() {
                    self.definitions.push(0);
                    self.repetitions.push(0);
                }
                return Some(items.iter().map(|item| VALUE_BYTES + item.len()).sum());
            }
            (Values::Integer(numbers), Value::Integer(number)) => numbers.push(*number),
            (Values::Boolean(answers), Value::Boolean(answer)) => answers.push(*answer),
            (Values::Decimal(decimals), Value::Decimal(decimal)) => {
                let Some(scaled) = scaled(*decimal) else {
                    self.definitions.push(0);
                    return None;
                };
                decimals.push(ByteArray::from(scaled.to_be_bytes().to_vec()).into());
            }
            _ => {
                self.definitions.push(0);
                return Some(0);
            }
        }
        self.definitions.push(1);
        Some(VALUE_BYTES)
    }

    fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> ParquetResult<()> {
        let definitions = std::mem::take(&mut self.definitions);
        let repetitions = std::mem::take(&mut self.repetitions);
        let levels = (definitions.as_slice(), (!repetitions.is_empty()).then_some(repetitions.as_slice()));
        match &mut self.values {
            Values::Text(values) => batch::<ByteArrayType>(writer, values, levels),
            Values::Integer(values) => batch::<Int64Type>(writer, values, levels),
            Values::Decimal(values) => batch::<FixedLenByteArrayType>(writer, values, levels),
            Values::Boolean(values) => batch::<BoolType>(writer, values, levels),
        }
    }
}

fn batch<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    (definitions, repetitions): (&[i16], Option<&[i16]>),
) -> ParquetResult<()> {
    let values = std::mem::take(values);
    writer.typed::<T>().write_batch(&values, Some(definitions), repetitions).map(|_| ())
}

/// The decimal as a whole number of its last place; `None` where it has more places or digits than the type.
fn scaled(decimal: Decimal) -> Option<i128> {
    let decimal = decimal.normalize();
    let shift = DECIMAL_PLACES.checked_sub(decimal.scale())?;
    let scaled = decimal.mantissa().checked_mul(10_i128.checked_pow(shift)?)?;
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
