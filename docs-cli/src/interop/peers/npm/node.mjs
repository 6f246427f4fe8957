// A real node of an older release, driven by JSON lines. Usage: node --no-deprecation node.mjs VERSION
// A request a line, {"id":1,"cmd":"set","a":{"k":"key","v":"value"}}, answered by {"id":1,"r":...} or {"id":1,"err":"..."};
// commands and answers are those of the 1.x node beside this folder, as far as these releases can do them.
// Run it where there is no network but loopback: it cannot be told not to look for relays.
import { createRequire } from 'module';
import readline from 'readline';
import { echoes, dialEcho } from './echo.mjs';

const version = process.argv[2];
const iroh = createRequire(import.meta.url)(`iroh-${version}`);
const now = () => Number(process.hrtime.bigint()) / 1e6;
const bytes = (a, name) => Array.from(a[name] !== undefined ? Buffer.from(a[name]) : Buffer.from(a[name + 'x'], 'hex'));
const hex = list => Buffer.from(list).toString('hex');
const key = (prefix, i) => Array.from(Buffer.from(prefix + String(i).padStart(8, '0')));

let node, doc, author;
let seen;
const forget = () => { seen = { insertRemote: 0, contentReady: 0, neighborUp: [], neighborDown: [], syncs: [], pcr: [], keys: {} }; };
forget();
const waiting = new Set();

const onEvent = track => (error, e) => {
  if (error) return;
  if (e.insertRemote) {
    seen.insertRemote++;
    if (track) seen.keys[Buffer.from(e.insertRemote.entry.key).toString()] = now();
  } else if (e.contentReady) seen.contentReady++;
  else if (e.neighborUp) seen.neighborUp.push(now());
  else if (e.neighborDown) seen.neighborDown.push(now());
  else if (e.pendingContentReady) seen.pcr.push(now());
  else if (e.syncFinished) seen.syncs.push({ t: now(), origin: e.syncFinished.origin, result: e.syncFinished.result ?? null });
  for (const w of [...waiting]) w();
};

const until = (done, timeout = 60000) => done() ? Promise.resolve(now()) : new Promise(resolve => {
  const look = () => { if (done()) { waiting.delete(look); clearTimeout(timer); resolve(now()); } };
  const timer = setTimeout(() => { waiting.delete(look); resolve(null); }, timeout);
  waiting.add(look);
});

const entry = e => ({ key: Buffer.from(e.key).toString(), keyx: hex(e.key), author: e.author.toString(), hash: e.hash.toString(),
  len: Number(e.len), timestamp: Number(e.timestamp) });

const commands = {
  async start(a) {
    const t = now();
    const options = { enableDocs: true, nodeDiscovery: 'None', ipv4Addr: '127.0.0.1:0', ipv6Addr: '[::1]:0' };
    if (a.alpn) options.protocols = { [a.alpn]: echoes };
    if (a.seed) options.secretKey = Array.from(Buffer.from(a.seed, 'hex'));
    node = a.path ? await iroh.Iroh.persistent(a.path, options) : await iroh.Iroh.memory(options);
    author = await node.authors.default();
    return { ms: now() - t, ...await commands.addr() };
  },
  async addr() {
    const { nodeId, addresses } = await node.net.nodeAddr();
    return { nodeId: hex(iroh.PublicKey.fromString(nodeId).toBytes()), addresses };
  },
  async create() { doc = await node.docs.create(); return doc.id(); },
  async open(a) { doc = await node.docs.open(a.id ?? (await node.docs.list())[0].namespace); return doc.id(); },
  async joinsub(a) { doc = await node.docs.joinAndSubscribe(iroh.DocTicket.fromString(a.ticket), onEvent(a.track)); return doc.id(); },
  async import(a) { doc = await node.docs.join(iroh.DocTicket.fromString(a.ticket)); return doc.id(); },
  async policy() { await doc.setDownloadPolicy(iroh.DownloadPolicy.nothing()); },
  async subscribe(a) { await doc.subscribe(onEvent(a.track)); },
  async share(a) { return (await doc.share(a.mode ?? 'Write', 'Addresses')).toString(); },
  async startSync(a) { await doc.startSync(a.ticket ? iroh.DocTicket.fromString(a.ticket).nodes : []); return now(); },
  async leave() { await doc.leave(); },
  async set(a) { const t = now(); const h = await doc.setBytes(author, bytes(a, 'k'), bytes(a, 'v')); return { t, t2: now(), hash: h.toString() }; },
  async importFile(a) { await doc.importFile(author, bytes(a, 'k'), a.path, false, () => {}); },
  async del(a) { return Number(await doc.delete(author, bytes(a, 'k'))); },
  async insert(a) {
    const hash = new iroh.Hash(Array.from(Buffer.from('hello'))).toString();
    const t = now(), from = a.from ?? 0, end = from + a.n, prefix = a.prefix ?? 'k';
    let next = from;
    const work = async () => {
      while (next < end) {
        const i = next++;
        if (a.mode === 'bytes') await doc.setBytes(author, key(prefix, i), Array.from(Buffer.from('v' + i)));
        else await doc.setHash(author, key(prefix, i), hash, 5n);
      }
    };
    await Promise.all(Array.from({ length: a.conc ?? 64 }, work));
    const ms = now() - t;
    return { n: a.n, ms, perSec: a.n / ms * 1000 };
  },
  async count() { return (await doc.getMany(iroh.Query.all())).length; },
  async entries() { return (await doc.getMany(iroh.Query.all())).map(entry); },
  async get(a) {
    const found = await doc.getOne(iroh.Query.singleLatestPerKeyExact(bytes(a, 'k')));
    if (!found) return null;
    const content = await node.blobs.readToBytes(found.hash.toString()).catch(() => null);
    return { ...entry(found), vx: content && hex(content) };
  },
  async ev() { return { ...seen, keys: undefined, t: now() }; },
  async seen() { return seen.keys; },
  async reset() { forget(); },
  waitInserts: a => until(() => seen.insertRemote >= a.n, a.timeout),
  waitContent: a => until(() => seen.contentReady >= a.n, a.timeout),
  waitSync: a => until(() => seen.syncs.filter(s => !s.result).length >= (a.n ?? 1), a.timeout),
  waitNeighbor: a => until(() => seen.neighborUp.length >= (a.n ?? 1), a.timeout),
  async rss() {
    const status = (await import('fs')).readFileSync('/proc/self/status', 'utf8');
    return { rssMiB: Number(status.match(/VmRSS:\s+(\d+)/)[1]) / 1024 };
  },
  dialEcho: a => dialEcho(iroh, version, node, a),
  async shutdown() { await node?.node.shutdown(version === '0.28.1' ? false : undefined); },
};
// The package of 1.x has endpoints only.
if (version.startsWith('1.')) {
  commands.start = async a => { node = await (await import('./endpoint.mjs')).start(iroh, a); return node.addr; };
  commands.addr = async () => node.addr;
}

readline.createInterface({ input: process.stdin }).on('line', async line => {
  const { id, cmd, a } = JSON.parse(line);
  let reply;
  try { reply = { id, r: (await commands[cmd](a ?? {})) ?? null }; } catch (e) { reply = { id, err: String(e?.message ?? e).split('\n')[0] }; }
  process.stdout.write(JSON.stringify(reply) + '\n', () => { if (cmd === 'shutdown') process.exit(0); });
}).on('close', () => process.exit(0));
