import { expose } from 'comlink'
import { DataService } from './dataService.ts'
import { openBrowserDatabase } from './duckdbBrowser.ts'
import { browserKeep } from './keep/opfsKeep.ts'

expose(new DataService(openBrowserDatabase, (url) => fetch(url), browserKeep()))
