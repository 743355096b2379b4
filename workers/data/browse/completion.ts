import type { SchemaForCompletion } from '../api.ts'
import { tableNames, tables } from '../schema.ts'

/** The views of the SQL console and what their columns mean. */
export function schemaForCompletion(): SchemaForCompletion {
  return {
    tables: tableNames.map((name) => ({
      name,
      doc: tables[name].doc,
      columns: [
        { name: 'dataset', type: 'VARCHAR', doc: 'File that the row is from.' },
        ...tables[name].columns.map(({ name: column, type, unit, doc }) => ({
          name: column,
          type,
          doc: unit ? `${doc} (${unit})` : doc,
        })),
        { name: 'line', type: 'INTEGER', doc: 'Line of the row in its file.' },
      ],
    })),
  }
}
