import { Problem } from '../problem.ts'

/** What may stand at the start of a statement that only reads. */
const reading = 'select with from values table pivot unpivot describe desc show summarize explain ('.split(
  ' ',
)
const writing = 'create insert update delete drop alter truncate merge comment'.split(' ')

/** Null where the statement may be run; `tokens` are its words and signs. */
export function refusal(tokens: string[], write: boolean): Problem | null {
  const words = tokens.map((token) => token.toLowerCase())
  let start = 0
  while (words[start] === '(') start++
  if (words[start] === 'explain') start += words[start + 1] === 'analyze' ? 2 : 1
  while (words[start] === '(') start++
  const word = words[start]
  if (word === undefined || word === ';') return new Problem('sql', 'There is no statement to run.')
  if (reading.includes(word)) return null
  if (!writing.includes(word)) {
    // A word that DuckDB does not know either is its to complain about.
    return known.includes(word)
      ? new Problem(
          'sql',
          `${word.toUpperCase()} is switched off here: the console reads and writes tables only.`,
        )
      : null
  }
  if (!write) return new Problem('sql', readOnly)
  return word === 'create' && words.slice(start + 1, start + 4).some((one) => /^temp(orary)?$/.test(one))
    ? new Problem(
        'sql',
        'A temporary table would be gone at once. Make it in “mine”: CREATE TABLE mine.name AS SELECT …',
      )
    : null
}

const known = (
  'attach detach use copy export import install load set reset pragma call begin start commit end rollback ' +
  'abort checkpoint force vacuum analyze prepare execute deallocate update_extensions'
).split(' ')

const readOnly =
  'Only reading is allowed now, so nothing was changed. Switch “Read only” off to make tables of your own.'

const causes: [RegExp, (found: RegExpMatchArray) => string][] = [
  [/read-only mode/, () => readOnly],
  [
    /Attempting to write to database "memory"/,
    () =>
      'The tables of your files cannot be changed here. Make your own in “mine”: CREATE TABLE mine.copy AS SELECT …',
  ],
  [
    /Cannot prepare multiple statements/,
    () =>
      'One statement at a time, please. Run them one after the other; a PIVOT has to name its values, as in ' +
      'ON column IN (‘a’, ‘b’).',
  ],
  [/No statement to prepare/, () => 'There is no statement to run.'],
  [
    /Values were not provided for the following prepared statement parameters/,
    () => 'The statement has places for values (? or $1). Write the values themselves.',
  ],
  [/syntax error at end of input/, () => 'The statement ends too early.'],
  [/syntax error at or near "(.*)"/, ([, near]) => `The statement cannot be read from “${near}” on.`],
  [/Table with name (.+?) does not exist/, ([, name]) => `There is no table ${name}.`],
  [/Referenced column "(.+?)" not found/, ([, name]) => `There is no column ${name} in these tables.`],
  [
    /Referenced table "(.+?)" not found/,
    ([, name]) => `The statement does not name a table ${name} after FROM.`,
  ],
  [
    /Ambiguous reference to column name "(.+?)"/,
    ([, name]) => `Several tables have a column ${name}: say which, as in t.${name}.`,
  ],
  [
    /column "(.+?)" must appear in the GROUP BY clause/,
    ([, name]) => `${name} has to be grouped by, or put into a function such as max(${name}).`,
  ],
  [
    /with name "?(\w+)"? is not in the catalog, but it exists in the (\w+) extension/i,
    ([, name, extension]) =>
      `${name} needs DuckDB’s extension ${extension}, which this page does not carry: nothing is loaded from elsewhere.`,
  ],
  [/Function with name (.+?) does not exist/, ([, name]) => `There is no function ${name}.`],
  [
    /file system operations are disabled|Loading external extensions is disabled|configuration has been locked/,
    () => 'The console sees the tables of this page only: no files, no addresses, no settings.',
  ],
  [
    /Could not convert string '(.*?)' to (\w+)/,
    ([, text, type]) => `The text “${text}” cannot become ${type}.`,
  ],
  [
    /No function matches the given name and argument types '(.+?)'/,
    ([, call]) => `The function does not take such values: ${call}.`,
  ],
  [/Out of Range Error|Overflow/, () => 'A number is too large for its type.'],
]

/** DuckDB's complaint as a sentence, with its own words and the place in the statement as detail. */
export function sqlProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  // The place in the statement comes twice where the statement could not even be parsed.
  const detail = (error instanceof Error ? error.message : String(error))
    .trim()
    .replace(/(\n\s*LINE \d+:[^]*?\^)(?:\s*\1)+\s*$/, '$1')
  if (/out of memory|memory access out of bounds|allocation failed/i.test(detail)) {
    return new Problem(
      'memory',
      'The tab ran out of memory for this statement. Ask for fewer rows or columns; what is loaded is kept.',
      detail,
    )
  }
  for (const [pattern, sentence] of causes) {
    const found = detail.match(pattern)
    if (found) return new Problem('sql', sentence(found), detail)
  }
  const [first] = detail.replace(/^[\w ]+ Error: /, '').split('\n')
  return new Problem('sql', `DuckDB refused the statement: ${first}`, detail)
}
