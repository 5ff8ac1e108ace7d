// A slow line: a TCP relay in front of the server that takes its time, as a phone on one bar does.
//
// The browser's own throttling delays requests one by one, knows nothing of the cost of a new
// connection, and no longer reaches service workers; here every byte of every worker passes through.
// Not modelled: TLS (one or two round trips more on a first visit), TCP slow start, lost packets.
import net from "node:net";

const PIECE = 2048;

/** Relays 127.0.0.1:`port` to 127.0.0.1:`target`; `rate` in bytes per second, `roundTrip` in ms. */
export class Line {
  constructor({ target, rate, roundTrip }) {
    Object.assign(this, { target, rate, roundTrip, port: 0, bytes: 0 });
    this.open = new Set();
    this.waiting = [];
    this.free = 0;
  }

  /** Starts, or starts again on the same port, which a service worker's origin depends on. */
  async mend() {
    this.server = net.createServer((near) => this.connect(near));
    await new Promise((done, fail) => this.server.once("error", fail).listen(this.port, "127.0.0.1", done));
    this.port = this.server.address().port;
  }

  /** No network: whoever is connected is cut off, whoever connects is refused. */
  async cut() {
    const closed = new Promise((done) => this.server.close(done));
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  connect(near) {
    const far = net.connect(this.target, "127.0.0.1");
    const half = this.roundTrip / 2;
    // The handshake: nothing that is said gets through before it has gone there and back.
    const ready = performance.now() + this.roundTrip;
    let sent = Promise.resolve();
    const lane = { near, pieces: [] };
    for (const socket of [near, far]) {
      this.open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => { this.open.delete(socket); near.destroy(); far.destroy(); });
    }
    near.on("data", (bytes) => {
      const due = Math.max(performance.now(), ready) + half;
      sent = sent.then(() => wait(due)).then(() => far.destroyed || far.write(bytes));
    });
    far.on("data", (bytes) => {
      if (!lane.pieces.length) this.waiting.push(lane);
      for (let at = 0; at < bytes.length; at += PIECE) lane.pieces.push(bytes.subarray(at, at + PIECE));
      this.pump();
    });
  }

  /** Connections take turns on the line, a piece each. */
  async pump() {
    if (this.pumping) return;
    this.pumping = true;
    while (this.waiting.length) {
      const lane = this.waiting.shift();
      const piece = lane.pieces.shift();
      if (lane.pieces.length) this.waiting.push(lane);
      this.bytes += piece.length;
      this.free = Math.max(this.free, performance.now()) + (1000 * piece.length) / this.rate;
      if (this.free - performance.now() > 2) await wait(this.free);
      setTimeout(() => lane.near.destroyed || lane.near.write(piece), this.roundTrip / 2);
    }
    this.pumping = false;
  }
}

const wait = (until) => new Promise((done) => setTimeout(done, Math.max(0, until - performance.now())));
