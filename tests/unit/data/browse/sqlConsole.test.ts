import { tableFromIPC } from 'apache-arrow'
import { parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SqlConsole } from '../../../../workers/data/browse/sqlConsole.ts'
import { tableNames } from '../../../../workers/data/schema.ts'
import { openTables, type OpenedTables } from './openTables.ts'

const fileName = `it's "a"; DROP TABLE dataset_1; --.csv`

describe('the SQL console', () => {
  let tables: OpenedTables
  let sql: SqlConsole
  let id: string

  beforeAll(async () => {
    tables = await openTables()
    id = await tables.add('tickets', fileName, [
      { symbol: 'AAPL', date: '2024-01-31', source: 'web', count: 3 },
      { symbol: null, date: null, source: '=1+1', count: null },
    ])
    sql = new SqlConsole(tables)
  }, 60_000)
  afterAll(() => tables.database.close())

  const cells = async (text: string, write = false) => (await sql.run(text, write)).cells
  const rows = async () =>
    (await tables.database.query(`SELECT count(*)::DOUBLE AS n FROM ${id}`)).numbers('n')[0]

  it('sees every table of the schema by its name, loaded or not', async () => {
    for (const name of tableNames)
      expect((await sql.run(`SELECT * FROM "${name}"`, false)).rows).toBe(name === 'tickets' ? 2 : 0)
    expect(await cells('SELECT avg(latitude) + 1 FROM airports')).toEqual([[null]])
  })

  it('has NULL for what is missing, the file and the line for every row', async () => {
    expect(await cells('SELECT dataset, symbol, date, "count", line FROM tickets ORDER BY line')).toEqual([
      [fileName, 'AAPL', '2024-01-31', 3, 2],
      [fileName, null, null, null, 3],
    ])
  })

  it('says once where a statement cannot be read', async () => {
    const problem = await sql.run('SELEC * FROM prices', false).catch((error: unknown) => error)
    expect(problem).toMatchObject({ message: 'The statement cannot be read from “SELEC” on.' })
    expect((problem as { detail: string }).detail.match(/LINE 1/g)).toHaveLength(1)
  })

  it('follows datasets that come and go', async () => {
    const other = await tables.add('tickets', 'other.csv', [{ symbol: 'MSFT', source: 'web', count: 1 }])
    sql.forget()
    expect(await cells('SELECT count(*) FROM tickets')).toEqual([[3]])
    tables.catalog.remove(other)
    await tables.database.query(`DROP TABLE ${other}`)
    sql.forget()
    expect(await cells('SELECT count(*) FROM tickets')).toEqual([[2]])
  })

  const writes = (table: string) => [
    `CREATE TABLE thief AS SELECT 1`,
    `INSERT INTO ${table} SELECT * FROM ${table}`,
    `UPDATE ${table} SET line = 0`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}`,
    `DROP TABLE ${table}`,
    `DROP VIEW tickets`,
    `CREATE OR REPLACE VIEW tickets AS SELECT 1`,
    `ALTER TABLE ${table} ADD COLUMN thief INTEGER`,
    `MERGE INTO ${table} USING (SELECT 2 AS l) u ON ${table}.line = u.l WHEN MATCHED THEN DELETE`,
    `WITH a AS (SELECT 1) DELETE FROM ${table}`,
    `EXPLAIN ANALYZE DELETE FROM ${table}`,
    `COMMENT ON TABLE ${table} IS 'thief'`,
    `DROP SCHEMA main CASCADE`,
  ]
  const outside = [
    `COPY tickets TO 'thief.csv'`,
    `EXPORT DATABASE 'thief'`,
    `ATTACH ':memory:' AS thief`,
    `ATTACH 'https://example.org/thief.db' AS thief`,
    `DETACH mine`,
    `/* /* */ SELECT */ DETACH mine`,
    `SET memory_limit = '1GB'`,
    `SET lock_configuration = false`,
    `RESET memory_limit`,
    `PRAGMA enable_profiling`,
    `INSTALL httpfs`,
    `LOAD httpfs`,
    `USE mine`,
    `BEGIN`,
    `COMMIT`,
    `ROLLBACK`,
    `SELECT * FROM 'https://example.org/thief.csv'`,
    `SELECT * FROM read_text('/etc/passwd')`,
    `SELECT * FROM glob('*')`,
    `SELECT 1; DROP TABLE dataset_1`,
  ]

  it('changes nothing while it reads only, whatever the statement', async () => {
    for (const text of [...writes(id), ...outside]) await expect(sql.run(text, false), text).rejects.toThrow()
    expect(await rows()).toBe(2)
    expect(await cells('SELECT count(*) FROM tickets')).toEqual([[2]])
  })

  it('never changes the tables of files, even where writing is allowed', async () => {
    for (const text of [...writes(id), ...outside]) await expect(sql.run(text, true), text).rejects.toThrow()
    expect(await rows()).toBe(2)
    const left = await tables.database.query(
      `SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'memory' AND schema_name = 'main'`,
    )
    expect(left.texts('name')).toEqual([id])
  })

  it('keeps tables that a person makes in “mine” for the visit', async () => {
    await expect(sql.run('CREATE TABLE mine.own AS SELECT symbol FROM tickets', false)).rejects.toThrow(
      'Only reading is allowed now',
    )
    await sql.run('CREATE TABLE mine.own AS SELECT symbol FROM tickets', true)
    expect(await cells('SELECT count(*) FROM mine.own')).toEqual([[2]])
    await sql.run('DROP TABLE mine.own', true)
    await expect(sql.run('SELECT * FROM mine.own', false)).rejects.toThrow('There is no table own.')
  })

  it('says what is wrong in a sentence, with DuckDB’s words and the place beneath', async () => {
    const complaint = async (text: string) => {
      try {
        await sql.run(text, false)
      } catch (error) {
        return error as Error & { detail?: string }
      }
      throw new Error(`${text} was taken`)
    }
    expect((await complaint('SELEC 1')).message).toBe('The statement cannot be read from “SELEC” on.')
    const column = await complaint('SELECT\n  nope\nFROM tickets')
    expect(column.message).toBe('There is no column nope in these tables.')
    expect(column.detail).toContain('LINE 2:')
    expect(column.detail).toContain('^')
    expect((await complaint('SELECT * FROM nowhere')).message).toBe('There is no table nowhere.')
    expect((await complaint('SELECT 1; SELECT 2')).message).toContain('One statement at a time')
    expect((await complaint('SELECT current_date')).message).toContain('extension icu')
    expect((await complaint('-- nothing')).message).toBe('There is no statement to run.')
    expect((await complaint(`SELECT 'x'::INTEGER`)).message).toBe('The text “x” cannot become INT32.')
  })

  it('shows every type right', async () => {
    const { columns, cells: shown } = await sql.run(
      `SELECT 1.25 AS a, 12345678901234567890::HUGEINT AS b, 9007199254740993::BIGINT AS c, -0.05 AS d,
         123456789012345678.125::DECIMAL(30, 3) AS e, sum(3) AS f, count(*) AS g, [1.5, NULL] AS h,
         {'x': 1.25, 'y': 'z'} AS i, MAP {'k': 2} AS j, INTERVAL 14 MONTH + INTERVAL 3 DAY AS k,
         TIME '12:34:56' AS l, DATE '2024-01-31' AS m, TIMESTAMP '2024-01-31 14:05:06' AS n,
         TIMESTAMP '2024-01-31 14:05' AS o, true AS p, NULL AS q, 0.1::FLOAT AS r, '\\xFF'::BLOB AS s
       FROM range(1)`,
      false,
    )
    expect(shown).toEqual([
      [
        1.25,
        '12345678901234567890',
        '9007199254740993',
        -0.05,
        '123456789012345678.125',
        3,
        1,
        '[1.5, NULL]',
        "{'x': 1.25, 'y': z}",
        '{k: 2}',
        '1 year 2 months 3 days',
        '12:34:56',
        '2024-01-31',
        '2024-01-31 14:05:06',
        '2024-01-31 14:05',
        true,
        null,
        0.1,
        '\\xFF',
      ],
    ])
    expect(columns.slice(12, 16).map(({ type }) => type)).toEqual(['date', 'time', 'time', 'boolean'])
  })

  it('refuses the words of an ENUM, which would come out empty', async () => {
    await expect(sql.run(`SELECT 'a'::ENUM('a', 'b') AS e`, false)).rejects.toThrow('Write e::VARCHAR.')
  })

  it('hands out a result page by page, and keeps the newest few', async () => {
    const first = await sql.run('SELECT i FROM range(7000) r(i)', false)
    expect(first.rows).toBe(7000)
    expect(first.cells).toHaveLength(200)
    expect(sql.page(first.resultId, 6998, 10)).toEqual([[6998], [6999]])
    expect(sql.page(first.resultId, 9000, 10)).toEqual([])
    for (let i = 0; i < 3; i++) await sql.run('SELECT 1', false)
    expect(() => sql.page(first.resultId, 0, 1)).toThrow('no longer kept')
  })

  it('cuts a result that would fill the memory, and says so', async () => {
    const result = await sql.run('SELECT i, i AS j, i AS k, i AS l FROM range(100000000) r(i)', false)
    expect(result.rows).toBeGreaterThanOrEqual(2_500_000)
    expect(result.rows).toBeLessThan(2_600_000)
    expect(result.cut).toContain('Only the first 2,5')
  })

  it('ends a statement that would run for hours, and takes the next', async () => {
    for (const text of [
      'SELECT count(*) FROM range(10000000) a, range(10000000) b',
      'SELECT * FROM (SELECT random() AS x FROM range(1000000000)) ORDER BY x',
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t',
    ]) {
      const running = sql.run(text, false)
      await new Promise((resolve) => setTimeout(resolve, 300))
      sql.cancel()
      await expect(running).rejects.toThrow('Stopped')
    }
    expect(await cells('SELECT 42')).toEqual([[42]])
  })

  describe('saves a result', () => {
    const text = `SELECT * FROM (VALUES
      ('=cmd()', 1, 1.25, DATE '2024-01-31', TIMESTAMP '2024-01-31 14:05:06', true, 9007199254740993),
      ('a,"b"' || chr(10) || 'c', -5, -0.75, NULL, NULL, false, NULL),
      (NULL, NULL, NULL, DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59', NULL, -1)
    ) v(words, whole, exact, day, moment, yes, big)`
    const saved = async (format: 'csv' | 'arrow' | 'parquet') =>
      sql.export((await sql.run(text, false)).resultId, format)

    it('as CSV that reads back, with formulas defused', async () => {
      const { data } = Papa.parse<string[]>(await (await saved('csv')).text(), { skipEmptyLines: true })
      expect(data).toEqual([
        ['words', 'whole', 'exact', 'day', 'moment', 'yes', 'big'],
        ["'=cmd()", '1', '1.25', '2024-01-31', '2024-01-31 14:05:06', 'true', '9007199254740993'],
        ['a,"b"\nc', '-5', '-0.75', '', '', 'false', ''],
        ['', '', '', '1969-12-31', '1969-12-31 23:59:59', '', '-1'],
      ])
    })

    it('as an Arrow file that reads back', async () => {
      const table = tableFromIPC(new Uint8Array(await (await saved('arrow')).arrayBuffer()))
      expect(table.numRows).toBe(3)
      expect([...(table.getChild('words') as Iterable<string | null>)]).toEqual(['=cmd()', 'a,"b"\nc', null])
      expect([...(table.getChild('big') as Iterable<bigint | null>)]).toEqual([9007199254740993n, null, -1n])
    })

    it('as a Parquet file that reads back, decimals and missing values included', async () => {
      const file = await (await saved('parquet')).arrayBuffer()
      expect(await parquetReadObjects({ file })).toEqual([
        {
          words: '=cmd()',
          whole: 1,
          exact: 1.25,
          day: new Date('2024-01-31'),
          moment: new Date('2024-01-31T14:05:06Z'),
          yes: true,
          big: 9007199254740993n,
        },
        { words: 'a,"b"\nc', whole: -5, exact: -0.75, day: null, moment: null, yes: false, big: null },
        {
          words: null,
          whole: null,
          exact: null,
          day: new Date('1969-12-31'),
          moment: new Date('1969-12-31T23:59:59Z'),
          yes: null,
          big: -1n,
        },
      ])
    })

    it('of no rows, and with two columns of one name', async () => {
      const { resultId } = await sql.run('SELECT 1 AS a, 2 AS a WHERE false', false)
      const parquet = await (await sql.export(resultId, 'parquet')).arrayBuffer()
      expect(await parquetReadObjects({ file: parquet })).toEqual([])
      expect(await (await sql.export(resultId, 'csv')).text()).toBe('a,a\r\n')
    })
  })
})
