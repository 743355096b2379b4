import { sha256 } from 'hash-wasm'
import type { TableName } from '../../../../workers/data/api.ts'
import type { Keep, KeptFile, KeptKey, KeptPlan } from '../../../../workers/data/keep/keep.ts'

export const plan: KeptPlan = {
  fileName: 'AAPL.csv',
  bytes: 0,
  format: 'csv',
  path: '',
  kind: 'prices',
  shape: 'Yahoo',
  content: 'rows',
  header: ['Date', 'Close'],
  headerLine: 1,
  width: 2,
  columns: { date: 0, close: 1 },
  delimiter: ',',
  decimal: '.',
  dateFormat: 'iso',
  dateFormats: {},
  dateAmbiguous: false,
  priceScale: 1,
  scales: {},
  symbol: 'AAPL',
  constants: {},
  notes: [],
}

export async function keptFile(name: string, text: string, kind: TableName = 'prices'): Promise<KeptFile> {
  const bytes = new TextEncoder().encode(text)
  return {
    name,
    bytes: bytes.length,
    sha256: await sha256(bytes),
    plan: { ...plan, fileName: name, bytes: bytes.length, kind },
    importedAt: 1_700_000_000_000,
    vintageOf: null,
  }
}

/** Copies a text as an import does, in two chunks. */
export async function keepText(
  keep: Keep,
  name: string,
  text: string,
  {
    kind = 'prices',
    replaced,
    importedAt,
  }: { kind?: TableName; replaced?: KeptKey; importedAt?: number } = {},
): Promise<{ kept: boolean; message: string }> {
  const bytes = new TextEncoder().encode(text)
  const writer = await keep.begin(name, bytes.length)
  const middle = bytes.length >> 1
  await writer.write(bytes.subarray(0, middle))
  await writer.write(bytes.subarray(middle))
  const file = await keptFile(name, text, kind)
  return writer.commit({ ...file, importedAt: importedAt ?? file.importedAt }, replaced)
}

/** What a new visit would read back: “name kind: text”, in order of import. */
export async function contents(keep: Keep): Promise<string[]> {
  const texts: string[] = []
  for (const file of await keep.files())
    texts.push(`${file.name} ${file.plan.kind}: ${await (await keep.open(file)).text()}`)
  return texts
}
