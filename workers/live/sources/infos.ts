import type { SourceInfo } from '../contract.ts'
import { githubInfo } from './githubInfo.ts'
import { npmInfo } from './npmInfo.ts'
import { openskyInfo } from './openskyInfo.ts'
import { readsbInfo } from './readsbInfo.ts'
import { statuspageInfo } from './statuspageInfo.ts'
import { tableInfo } from './tableInfo.ts'

/** What can be turned on, in the order of the page. */
export const sourceInfos: SourceInfo[] = [
  openskyInfo,
  readsbInfo,
  githubInfo,
  npmInfo,
  statuspageInfo,
  tableInfo,
]
