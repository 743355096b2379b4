import type { SourceInfo } from '../contract.ts'

/** What can be turned on, in the order of the page. */
export const sourceInfos: SourceInfo[] = []
