// Holds the lock of a data folder until it is killed.
import Database from 'better-sqlite3'

const lock = new Database(process.argv[2])
lock.pragma('journal_mode = MEMORY')
lock.exec('BEGIN EXCLUSIVE')
process.send('held')
process.on('disconnect', () => process.exit())
