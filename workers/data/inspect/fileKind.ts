const binaryKinds: { name: string; magic: number[]; advice: string }[] = [
  { name: 'a PNG picture', magic: [0x89, 0x50, 0x4e, 0x47], advice: 'drop the CSV file instead' },
  { name: 'a JPEG picture', magic: [0xff, 0xd8, 0xff], advice: 'drop the CSV file instead' },
  { name: 'a GIF picture', magic: [0x47, 0x49, 0x46, 0x38], advice: 'drop the CSV file instead' },
  { name: 'a PDF document', magic: [0x25, 0x50, 0x44, 0x46], advice: 'export the table in it as CSV' },
  {
    name: 'a ZIP archive or an Excel workbook',
    magic: [0x50, 0x4b, 0x03, 0x04],
    advice: 'unpack it, or save the sheet as CSV, and drop that file',
  },
  { name: 'an old Excel workbook', magic: [0xd0, 0xcf, 0x11, 0xe0], advice: 'save the sheet as CSV' },
  // Read as they are; these bytes come here only from inside an archive.
  { name: 'a Parquet file', magic: [0x50, 0x41, 0x52, 0x31], advice: 'unpack it and drop what is inside' },
  {
    name: 'an Arrow file',
    magic: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31],
    advice: 'unpack it and drop what is inside',
  },
  { name: 'an old Feather file', magic: [0x46, 0x45, 0x41, 0x31], advice: 'save it as Parquet' },
  { name: 'an SQLite database', magic: [0x53, 0x51, 0x4c, 0x69], advice: 'export the table as CSV' },
  { name: 'a 7-Zip archive', magic: [0x37, 0x7a, 0xbc, 0xaf], advice: 'unpack it and drop the CSV inside' },
  {
    name: 'a Zstandard archive',
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    advice: 'unpack it and drop the CSV inside',
  },
]

/** A sentence when the bytes (decoded to UTF-8) are no text, null when they may be a table. */
export function notText(bytes: Uint8Array, name: string): string | null {
  for (const { name: kind, magic, advice } of binaryKinds) {
    if (magic.every((byte, i) => bytes[i] === byte))
      return `${name} is ${kind}, not a table of text: ${advice}.`
  }
  const length = Math.min(bytes.length, 65_536)
  let control = 0
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) control++
  }
  return control > length * 0.02
    ? `${name} holds binary data, not text. Save it as CSV (UTF-8) and drop it again.`
    : null
}
