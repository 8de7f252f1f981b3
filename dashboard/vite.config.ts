import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env['CLUSTER_URL'] ?? 'http://localhost:5080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    outDir: '../api/wwwroot',
    emptyOutDir: true,
    // Inlined data: URLs would need `img-src data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1100,
    rolldownOptions: {
      output: {
        // The wall must not wait for Ant Design: what every page needs is one chunk, the rest splits by page.
        codeSplitting: {
          groups: [
            { name: 'base', priority: 3, test: /node_modules\/(react|react-dom|scheduler|react-router|@microsoft\/signalr)\// },
            { name: 'messagepack', priority: 2, test: /node_modules\/(@microsoft\/signalr-protocol-msgpack|@msgpack)\// },
            { name: 'echarts', priority: 2, test: /node_modules\/(echarts|zrender|tslib)\// },
            { name: 'editor', priority: 2, test: /node_modules\/(@codemirror|@lezer|@marijn|style-mod|crelt|w3c-keyname)\// },
            { name: 'antd', priority: 1, test: /node_modules\/(antd|@ant-design|@rc-component|dayjs|@emotion|stylis)\// },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/openapi': server,
      '/healthz': server,
      '/hubs': { target: server, ws: true },
    },
  },
})
