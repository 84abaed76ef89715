// sharp, in three ways: as its documentation shows it (one pipeline, cloned), by hand (the widest size first, the others from
// its pixels), and the thumbnail alone. One task a line on standard input, one answer a line: see worker.rs.
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
const sharp = createRequire(process.cwd() + '/')('sharp');

sharp.cache(false); // nobody uploads the same picture twice
const way = process.argv[2];
const threads = Number(process.argv[3] ?? 0);
if (threads > 0) sharp.concurrency(threads);
const webp = { quality: 80, effort: 4 };

async function clone(bytes, side, sizes, first) {
  const source = sharp(bytes).autoOrient();
  const thumbnail = source.clone().resize(side, side, { fit: 'cover' }).webp(webp).toBuffer().then(first);
  const others = sizes.map(([w, h]) => source.clone().resize(w, h, { fit: 'fill' }).webp(webp).toBuffer());
  return Promise.all([thumbnail, ...others]);
}

async function cascade(bytes, side, sizes, first) {
  const [w, h] = sizes[0];
  const { data, info } = await sharp(bytes).autoOrient().resize(w, h, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  const thumbnail = sharp(data, raw).resize(side, side, { fit: 'cover' }).webp(webp).toBuffer().then(first);
  const widest = sharp(data, raw).webp(webp).toBuffer();
  const others = sizes.slice(1).map(([w, h]) => sharp(data, raw).resize(w, h, { fit: 'fill' }).webp(webp).toBuffer());
  return Promise.all([thumbnail, widest, ...others]);
}

async function thumbnail(bytes, side, _sizes, first) {
  return [await sharp(bytes).autoOrient().resize(side, side, { fit: 'cover' }).webp(webp).toBuffer().then(first)];
}

const make = { clone, cascade, thumbnail }[way];
const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
console.log(JSON.stringify({ peak: peak(), version: `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, libwebp ${sharp.versions.webp}` }));
for await (const line of createInterface({ input: process.stdin })) {
  const { input, output, side, sizes } = JSON.parse(line);
  const bytes = readFileSync(input);
  const cpu = process.cpuUsage();
  const began = performance.now();
  let answered = 0;
  const made = await make(bytes, side, sizes, (thumbnail) => ((answered = performance.now() - began), thumbnail));
  const wall = performance.now() - began;
  const used = process.cpuUsage(cpu);
  if (output) made.forEach((file, n) => writeFileSync(`${output}/${n}.webp`, file));
  console.log(JSON.stringify({ wall, first: answered, cpu: (used.user + used.system) / 1000, peak: peak() }));
}
