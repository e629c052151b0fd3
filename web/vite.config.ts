import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the agent desk. The content policy forbids inline scripts and data: fonts, so nothing is inlined. */
export default defineConfig({
  root: here('./desk'),
  plugins: [react()],
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    // What many pages share comes in one file: each file is a round trip more before the first ticket shows.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 8 }] } },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': process.env['DESK_ORIGIN'] ?? 'http://127.0.0.1:3000' } },
})
