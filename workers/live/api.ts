export type * from './contract.ts'
export type * from './collectedRows.ts'
export { collectedColumns } from './collectedRows.ts'
export { sourceInfos } from './sources/infos.ts'
