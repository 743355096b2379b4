import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { formatOf } from '../../../../workers/data/read/fileFormat.ts'
import { describeShared, sharedPath } from '../../shared.ts'
import { fileAt } from '../openService.ts'
import { file } from './recordFiles.ts'

const long = JSON.stringify({ data: Array.from({ length: 40_000 }, (_, i) => ({ i })) })
const errors = '{\n    "finance": {\n        "error": "x"\n    }\n}\n'

describe('the format of a file, by its content', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['csv', 'a.csv', 'a,b\n1,2\n'],
    ['csv', 'a.tsv', 'a\tb\n'],
    ['csv', 'empty.csv', ''],
    ['csv', 'empty.json', ''],
    ['csv', 'errors above rows.csv', `${errors.repeat(3)}2024-01-02,1,2,3\n`],
    ['csv', 'many errors above rows.csv', `${errors.repeat(6000)}2024-01-02,1,2,3\n`],
    ['csv', 'a list in the first cell.csv', '[1;2],5\n[3;4],6\n'],
    ['json', 'any name', '[{"a":1}]'],
    ['json', 'one line.txt', '{"a":{"b":1}}'],
    ['json', 'pretty.csv', '{\n  "a": [\n    {"b": 1}\n  ]\n}\n'],
    ['json', 'long.bin', long],
    ['json', 'broken.json', '[{"a":1},'],
    ['json', 'words.json', 'callback({})'],
    ['ndjson', 'a.txt', '{"a":1}\n{"a":2}\n'],
    ['ndjson', 'a.json', '{"a":1}\n{"a":2}\n'],
    ['ndjson', 'one.jsonl', '{"a":1}'],
    ['ndjson', 'bad first.ndjson.gz', gzipSync(new TextEncoder().encode('{"a":\n{"a":2}'))],
    ['parquet', 'a.csv', new Uint8Array([80, 65, 82, 49, 0, 0])],
    ['arrow', 'a', new TextEncoder().encode('ARROW1\0\0')],
    ['arrow', 'stream', new Uint8Array([255, 255, 255, 255, 16, 1, 0, 0, 1])],
  ])('%s: %s', async (format, name, content) => {
    expect(await formatOf(file(name, content))).toBe(format)
  })
})

describeShared('the format of real files', () => {
  it.each([
    ['csv', 'prices/targets/SPLK.csv'],
    ['csv', 'events/wikipedia_acquisitions_2020.tsv'],
    ['json', 'adoption/canonical_dotnet_ppa_downloads.json'],
    ['json', 'flights/icao_aircraft_types.json'],
    ['json', 'incidents/aws_status_2021_2022.json'],
    ['json', 'tickets/vscode_issues.json'],
    ['ndjson', 'incidents/github_incidents.jsonl'],
  ])('%s: %s', async (format, path) => {
    expect(await formatOf(await fileAt(sharedPath('realdata', path)))).toBe(format)
  })
})
