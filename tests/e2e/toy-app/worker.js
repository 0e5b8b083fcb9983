import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const database = new DatabaseSync(workerData)
database.exec('create table if not exists word (text text)')
parentPort.on('message', (text) => {
  database.prepare('insert into word values (?)').run(text)
  parentPort.postMessage(database.prepare('select count(*) as n from word').get().n)
})
