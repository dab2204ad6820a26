// supercluster, zoom 0 to 16: node layers.mjs N
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'

const { default: Supercluster } = await import(
  pathToFileURL(`${process.env.BENCH_NODE_MODULES}/supercluster/index.js`).href
)
const n = Number(process.argv[2])
const bytes = fs.readFileSync(`${process.env.BENCH_POINTS}/points_${n}.bin`)
const features = Array.from({ length: n }, (_, id) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [bytes.readDoubleLE(id * 20), bytes.readDoubleLE(id * 20 + 8)] },
  properties: { id, unsafe: bytes[id * 20 + 16] },
}))
const clusters = new Supercluster({
  radius: 40,
  extent: 512,
  maxZoom: 16,
  minPoints: 2,
  map: ({ unsafe }) => ({ unsafe }),
  reduce: (sum, one) => {
    sum.unsafe += one.unsafe
  },
})
const start = performance.now()
clusters.load(features)
const seconds = (performance.now() - start) / 1000
console.log(JSON.stringify({ peer: 'supercluster', seconds, mb: process.resourceUsage().maxRSS / 1024 }))
