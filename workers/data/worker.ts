import { expose } from 'comlink'
import { DataService } from './dataService.ts'
import { openBrowserDatabase } from './duckdbBrowser.ts'
import { noKeep } from './keep/noKeep.ts'

expose(new DataService(openBrowserDatabase, (url) => fetch(url), noKeep('Nothing is kept yet.')))
