export type * from './contract.ts'
export type * from './collectedRows.ts'
export { problemOfAddress } from './ask/allowList.ts'
export { collectedColumns } from './collectedRows.ts'
export { sourceInfos } from './sources/infos.ts'
/** Which column of a table stands for what, to be shown before it is taken in; settings `column.<role>` change it. */
export { tableColumns } from './sources/tableColumns.ts'
export { columnSetting, tableKind, tableRoles } from './sources/tableRoles.ts'
