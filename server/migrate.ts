import { migrate } from '#platform/migrate.ts'
import { loadConfig } from './config.ts'

const { databaseUrl } = loadConfig()
if (!databaseUrl) {
  console.log('The embedded database migrates itself at every start; DATABASE_URL names another one.')
} else {
  await migrate(databaseUrl)
  console.log('The database is up to date.')
}
