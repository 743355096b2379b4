import type { ImportKind } from '../../../workers/data/api.ts'
import { roleLabels, type Role } from './columnRoles.ts'

export interface FormatColumn {
  role: Role
  label: string
  needed: string
  meaning: string
}

const columns: Record<ImportKind, { role: Role; needed: string; meaning: string }[]> = {
  prices: [
    {
      role: 'symbol',
      needed: 'for several symbols in one file',
      meaning: 'Without it the whole file is one symbol, taken from its name or asked for.',
    },
    {
      role: 'date',
      needed: 'always',
      meaning: 'The trading day. A time or an offset behind it is left out.',
    },
    { role: 'open', needed: 'always', meaning: 'Entries fill here, with slippage.' },
    { role: 'high', needed: 'always', meaning: 'Decides whether a target was reached.' },
    { role: 'low', needed: 'always', meaning: 'Decides whether a stop was reached.' },
    { role: 'close', needed: 'always', meaning: 'Decisions are taken and positions are valued here.' },
    {
      role: 'adjClose',
      needed: 'no',
      meaning: 'Where it is there, all four prices are adjusted by adjusted close ÷ close.',
    },
    { role: 'volume', needed: 'no', meaning: 'Shares traded. Needed by signals that look at volume.' },
  ],
  signals: [
    { role: 'symbol', needed: 'always', meaning: 'As the price files write it.' },
    { role: 'date', needed: 'always', meaning: 'Decided at the close of this day, filled at the next open.' },
    { role: 'direction', needed: 'always', meaning: '1 or long, −1 or short, 0 to close what is held.' },
    { role: 'conviction', needed: 'always', meaning: '0 to 1: how strong the decision is.' },
    {
      role: 'horizon',
      needed: 'always',
      meaning: 'Bars held at most, the entry bar included; 0 for no time exit.',
    },
    { role: 'size', needed: 'no', meaning: 'Fraction of equity; empty = by the risk rules.' },
    {
      role: 'stop',
      needed: 'no',
      meaning: 'Price that closes the position at a loss; empty = by the rules.',
    },
    { role: 'target', needed: 'no', meaning: 'Price that closes it at a profit; empty = by the rules.' },
  ],
}

export function formatColumns(kind: ImportKind): FormatColumn[] {
  return columns[kind].map((column) => ({ ...column, label: roleLabels[column.role] }))
}
