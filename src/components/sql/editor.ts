import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completeFromList,
  completionKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { sql, SQLDialect, type SQLNamespace } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { SchemaForCompletion } from '../../../workers/data/api.ts'

export interface SqlEditor {
  setText(text: string): void
  setSchema(schema: SchemaForCompletion): void
  focus(): void
  destroy(): void
}

interface Options {
  text: string
  label: string
  onchange: (text: string) => void
  onrun: () => void
}

/** The words of DuckDB that a question needs; a column called close or month is none of them. */
const duckdb = SQLDialect.define({
  keywords:
    'select from where group by having order limit offset with recursive as on using join left right full inner ' +
    'outer cross asof positional lateral union all except intersect distinct case when then else end and or not ' +
    'in is null between like ilike similar to exists any cast try_cast over partition window rows range preceding ' +
    'following unbounded current row filter qualify pivot unpivot values asc desc nulls first last exclude replace ' +
    'create table view insert into update set delete drop alter add column rename describe summarize explain ' +
    'analyze show tablesample interval date timestamp true false within materialized if',
  types:
    'bigint boolean double float integer hugeint smallint tinyint varchar text decimal numeric time ' +
    'struct map list uuid blob',
  builtin:
    'count sum avg min max median mode stddev variance corr quantile_cont arg_min arg_max any_value first last list ' +
    'approx_count_distinct string_agg lag lead row_number rank dense_rank ntile percent_rank first_value last_value ' +
    'abs round floor ceil ln log exp sqrt pow least greatest coalesce nullif date_trunc date_diff date_part dayname ' +
    'monthname year month day isodow week quarter hour strftime strptime lower upper trim length substr replace ' +
    'contains starts_with regexp_matches regexp_extract concat split_part generate_series range unnest',
  doubleDollarQuotedStrings: true,
  plsqlQuotingMechanism: false,
})

/** Names that SQL takes for words of its own. */
const reserved = new Set(['right', 'left', 'order', 'group', 'desc', 'end'])

/** A CodeMirror editor for one statement, in the colours of the page. */
export function createEditor(parent: HTMLElement, { text, label, onchange, onrun }: Options): SqlEditor {
  const language = new Compartment()
  const run = () => {
    onrun()
    return true
  }
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        placeholder('SELECT … FROM prices'),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onchange(update.state.doc.toString())
        }),
        language.of(sql({ dialect: duckdb, upperCaseKeywords: true })),
        colours,
        syntaxHighlighting(words),
      ],
    }),
  })
  return {
    setText(next) {
      if (next !== view.state.doc.toString())
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
    },
    setSchema(schema) {
      view.dispatch({
        effects: language.reconfigure([
          sql({ dialect: duckdb, upperCaseKeywords: true, schema: namespaceOf(schema) }),
          duckdb.language.data.of({ autocomplete: bareColumns(schema) }),
        ]),
      })
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}

/** Columns by their bare names: of the tables that the statement names, of all of them while it names none. */
function bareColumns({ tables }: SchemaForCompletion): CompletionSource {
  return (context) => {
    if (context.matchBefore(/\.\w*/)) return null
    const words = new Set(context.state.doc.toString().toLowerCase().match(/\w+/g))
    const named = tables.filter(({ name }) => words.has(name))
    const holders = new Map<string, string[]>()
    for (const { name, columns } of named.length > 0 ? named : tables)
      for (const column of columns) holders.set(column.name, [...(holders.get(column.name) ?? []), name])
    const options = [...holders].map(([label, names]) => ({
      label,
      type: 'property',
      detail: names.length > 3 ? `${names.length} tables` : names.join(', '),
      ...(reserved.has(label) ? { apply: `"${label}"` } : {}),
    }))
    return completeFromList(options)(context)
  }
}

function namespaceOf({ tables }: SchemaForCompletion): SQLNamespace {
  return Object.fromEntries(
    tables.map(({ name, doc, columns }) => [
      name,
      {
        self: { label: name, type: 'type', info: doc },
        children: columns.map((column) => ({
          label: column.name,
          type: 'property',
          detail: column.type.toLowerCase(),
          info: column.doc,
          ...(reserved.has(column.name) ? { apply: `"${column.name}"` } : {}),
        })),
      },
    ]),
  )
}

const words = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '550' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--loss)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--ink-2)' },
])

const colours = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5', minHeight: '150px', maxHeight: '340px' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', border: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 22%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.75' },
  '.cm-completionInfo': { padding: '6px 10px', maxWidth: '280px', fontFamily: 'var(--font)' },
})
