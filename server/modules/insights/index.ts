export { routes as insightsRoutes } from './routes.ts'
export { jobs as insightsJobs } from './jobs.ts'
