'use strict';

/* The sound. Holds one <audio> at a time and a connection only while somebody listens: stopping closes it, and
   each start begins at the live edge. When the stream breaks it comes back by itself, waiting longer each time. */
class StreamPlayer {
  constructor(url, changed) {
    this.url = url;
    this.changed = changed;
    this.state = 'stopped'; // stopped, connecting, playing, retrying, refused
    this.wanted = false;
    this.audio = null;
    this.attempts = 0;
    this.retryTimer = 0;
    this.watchTimer = 0;
    this.volume = 1;
    this.muted = false;
    addEventListener('online', () => { if (this.state === 'retrying') this.connect(); });
  }

  toggle() { if (this.wanted) this.stop(); else this.start(); }

  start() {
    this.wanted = true;
    this.attempts = 0;
    this.connect();
  }

  stop() {
    this.wanted = false;
    this.release();
    this.become('stopped');
  }

  setVolume(volume, muted) {
    this.volume = volume;
    this.muted = muted;
    if (this.audio) {
      this.audio.volume = volume;
      this.audio.muted = muted;
    }
  }

  /* Seconds that are here but not yet heard: by so much the titles must be held back. */
  ahead() {
    const ranges = this.audio && this.state === 'playing' ? this.audio.buffered : null;
    if (!ranges || !ranges.length) return 0;
    const seconds = ranges.end(ranges.length - 1) - this.audio.currentTime;
    return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 120) : 0;
  }

  become(state) {
    if (this.state === state) return;
    this.state = state;
    this.changed();
  }

  release() {
    clearTimeout(this.retryTimer);
    clearInterval(this.watchTimer);
    const old = this.audio;
    this.audio = null; // first, so that the events of its end are nobody's
    if (!old) return;
    old.pause();
    old.removeAttribute('src');
    old.load();
  }

  connect() {
    this.release();
    const audio = new Audio();
    this.audio = audio;
    audio.preload = 'none';
    audio.volume = this.volume;
    audio.muted = this.muted;
    const on = (name, action) => audio.addEventListener(name, () => { if (this.audio === audio) action(); });
    on('playing', () => this.become('playing'));
    on('error', () => this.retry());
    on('ended', () => this.retry());
    on('pause', () => { if (!audio.ended && !audio.error) this.stop(); }); // unplugged headphones, a call
    this.become('connecting');
    this.watch(audio);
    audio.src = this.url + '?live=' + Date.now().toString(36);
    audio.play().catch((error) => {
      if (this.audio !== audio) return;
      if (error.name === 'NotAllowedError') {
        this.wanted = false;
        this.release();
        this.become('refused');
      } else if (error.name !== 'AbortError') {
        this.retry();
      }
    });
  }

  /* A connection can die without an event: then the clock of the sound stands still. */
  watch(audio) {
    let heardAt = Date.now();
    let position = 0;
    let begun = 0;
    this.watchTimer = setInterval(() => {
      const now = Date.now();
      if (audio.currentTime > position) {
        position = audio.currentTime;
        heardAt = now;
        begun = begun || now;
        this.become('playing');
        if (now - begun > 10000) this.attempts = 0;
      } else if (now - heardAt > (position > 0 ? 8000 : 15000)) {
        this.retry();
      } else if (position > 0 && now - heardAt > 2500) {
        this.become('connecting');
      }
    }, 1000);
  }

  retry() {
    if (!this.wanted) return;
    this.release();
    // At once the first time: what the buffer holds may bridge the gap. Then apart from all the other listeners.
    const seconds = this.attempts ? Math.min(2 ** (this.attempts - 1), 30) * (0.75 + Math.random() / 2) : 0.2;
    this.attempts += 1;
    this.become('retrying');
    this.retryTimer = setTimeout(() => this.connect(), seconds * 1000);
  }
}
