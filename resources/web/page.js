/* What is shown. Everything that came from outside goes through textContent. */
(() => {
  const byId = (id) => document.getElementById(id);
  const show = (id, text) => { const node = byId(id); if (node.textContent !== text) node.textContent = text; };
  const stationName = JSON.parse(document.body.dataset.name);
  // Relative, or below the path that a proxy told of: this page may stand anywhere.
  const mountUrl = JSON.parse(document.body.dataset.mount);
  const baseUrl = JSON.parse(document.body.dataset.base);
  const whole = (address) => new URL(address, location.href).href.replace(/#.*$/, '');
  const player = new StreamPlayer(mountUrl, () => { render(); });

  let status = null;   // the last answer of the API
  let failures = 0;    // in a row
  let pollTimer = 0;
  let tracks = [];     // {title, artist, album, duration, begun (ms), key}, as they went on the air
  let shown = null;    // the one of them that is heard here
  const history = [];

  /* ---- what the station says ---- */

  async function poll() {
    clearTimeout(pollTimer);
    const abort = new AbortController();
    const timeout = setTimeout(() => abort.abort(), 8000);
    try {
      const answer = await fetch(baseUrl + 'api/status', { cache: 'no-store', signal: abort.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      learn(await answer.json());
      failures = 0;
    } catch (error) {
      failures += 1;
    }
    clearTimeout(timeout);
    clearTimeout(pollTimer);
    const seconds = document.hidden ? 15 : Math.min(2 * 2 ** Math.min(failures, 3), 15);
    pollTimer = setTimeout(poll, seconds * 1000);
    render();
  }

  function learn(answer) {
    const now = performance.now();
    status = answer;
    const track = answer.track || {};
    const silent = !answer.on_air || answer.heard === 'silence';
    const live = answer.heard === 'live';
    const title = silent ? '' : track.title || (live ? 'Live broadcast' : '');
    const entry = {
      title, artist: silent ? '' : track.artist || '', album: silent ? '' : track.album || '', live,
      duration: track.duration_seconds || 0, begun: now - (track.position_seconds || 0) * 1000,
      key: JSON.stringify([title, track.artist, track.album, live, silent]),
    };
    const last = tracks[tracks.length - 1];
    const again = last && entry.begun - last.begun > 5000 && track.position_seconds < 5;
    if (!last || last.key !== entry.key || again) {
      tracks.push(entry);
      tracks = tracks.slice(-10);
    } else {
      if (Math.abs(last.begun - entry.begun) > 1500) last.begun = entry.begun;
      last.duration = entry.duration;
    }
  }

  /* ---- what is heard here: behind the station by what the browser holds ready ---- */

  function heardNow(at) {
    let index = tracks.length - 1;
    while (index > 0 && tracks[index].begun > at) index -= 1;
    return Math.max(index, tracks.indexOf(shown)); // a buffer that grows does not bring the last song back
  }

  function remember(track) {
    if (!track || !track.title) return;
    const when = new Date(Date.now() - (performance.now() - track.begun));
    history.unshift({ title: track.title, artist: track.artist, when });
    history.length = Math.min(history.length, 12);
  }

  /* The station remembers longer than this page has been open; what is still to be heard here is left out. */
  function songsBefore() {
    if (!status || !Array.isArray(status.history)) return history;
    const songs = status.history.filter((song) => song && song.title)
      .map((song) => ({ title: song.title, artist: song.artist || '', when: new Date(song.started_at) }))
      .filter((song) => !Number.isNaN(song.when.getTime()));
    const behind = shown && tracks.indexOf(shown) < tracks.length - 1
      ? songs.findIndex((song) => song.title === shown.title && song.artist === shown.artist) : -1;
    return songs.slice(behind + 1, behind + 13);
  }

  let listed = '';
  function renderHistory() {
    const songs = songsBefore();
    const key = JSON.stringify(songs);
    if (key === listed) return;
    listed = key;
    byId('history').replaceChildren(...songs.map((song) => {
      const item = document.createElement('li');
      const time = document.createElement('time');
      time.dateTime = song.when.toISOString();
      time.textContent = hour(song.when);
      const text = document.createElement('span');
      text.dir = 'auto';
      text.append(song.title);
      if (song.artist) {
        const artist = document.createElement('i');
        artist.textContent = ' \u2013 ' + song.artist;
        text.append(artist);
      }
      item.append(time, text);
      return item;
    }));
    byId('history-empty').hidden = songs.length > 0;
  }

  function clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const tail = String(parts[2]).padStart(2, '0');
    return parts[0] ? parts[0] + ':' + String(parts[1]).padStart(2, '0') + ':' + tail : parts[1] + ':' + tail;
  }

  function duration(seconds) {
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return minutes + ' min';
    if (minutes < 2880) return Math.floor(minutes / 60) + ' h ' + minutes % 60 + ' min';
    return Math.floor(minutes / 1440) + ' days';
  }

  const hour = (date) => date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

  function since(seconds) {
    const date = new Date(Math.round((Date.now() - seconds * 1000) / 60000) * 60000);
    return seconds < 72000 ? hour(date) : date.toLocaleDateString();
  }

  /* ---- showing it ---- */

  function render() {
    renderPlayer();
    const unreachable = failures >= 2;
    byId('notice').hidden = !unreachable;
    show('notice', unreachable ? 'The station cannot be reached at the moment. This page keeps trying.' : '');
    if (unreachable) {
      show('badge', 'Not reachable');
      byId('badge').className = 'badge';
    }
    if (!status) return;
    const at = performance.now() - player.ahead() * 1000;
    const index = heardNow(at);
    const track = tracks[index];
    if (track !== shown) {
      if (shown) remember(shown);
      shown = track;
      announce(track);
    }
    renderHistory();
    const onAir = status.on_air && !unreachable;
    const coming = index + 1 < tracks.length ? tracks[index + 1] : status.next;
    const nextText = onAir && coming && coming.title && !track.live
      ? coming.title + (coming.artist ? ' \u2013 ' + coming.artist : '') : '';
    show('next-label', nextText ? 'Next:' : '');
    show('next-text', nextText);
    renderPosition(onAir ? track : null, at);

    if (!unreachable) {
      const kind = !onAir ? '' : track.live ? 'live' : track.title ? 'playlist' : '';
      byId('badge').className = ('badge ' + kind).trim();
      show('badge', { live: 'LIVE', playlist: 'Playlist' }[kind] || (onAir ? 'Silence' : 'Off air'));
    }

    show('listeners', onAir ? status.listeners.toLocaleString() : '\u2013');
    show('peak', status.listener_peak ? 'peak ' + status.listener_peak.toLocaleString() : '');
    show('quality', status.bitrate_kbps ? status.bitrate_kbps + ' kbit/s' : '\u2013');
    show('uptime', onAir ? duration(status.uptime_seconds) : '\u2013');
    show('since', onAir ? 'since ' + since(status.uptime_seconds) : '');
    const ahead = player.ahead();
    show('buffer', player.state === 'playing' && ahead > 0 ? ahead.toFixed(1) + ' s' : '\u2013');
    const idle = { stopped: 'not listening', refused: 'not listening', connecting: 'filling', retrying: 'empty' };
    show('buffer-word', idle[player.state] || (ahead <= 0 ? 'playing' : ahead < 1 ? 'running low' : 'healthy'));
  }

  function renderPosition(track, at) {
    const seconds = track ? (at - track.begun) / 1000 : 0;
    const known = Boolean(track && track.title && track.duration > 0);
    const bar = byId('progress');
    bar.hidden = !known;
    show('elapsed', track && track.title ? clock(known ? Math.min(seconds, track.duration) : seconds) : '');
    show('remaining', known ? '\u2212' + clock(track.duration - Math.min(seconds, track.duration)) : '');
    if (!known) return;
    const share = Math.min(Math.max(seconds / track.duration, 0), 1);
    byId('progress-bar').style.transform = 'translateX(' + (share * 100 - 100).toFixed(2) + '%)';
    bar.setAttribute('aria-valuenow', String(Math.round(share * 100)));
    bar.setAttribute('aria-valuetext', clock(seconds) + ' of ' + clock(track.duration));
  }

  function announce(track) {
    show('now-label', track.title ? 'Now playing' : '');
    show('title', track.title || (status.on_air ? 'Nothing is playing right now' : 'Off the air'));
    show('artist', track.title ? [track.artist, track.album].filter(Boolean).join(' \u00b7 ')
      : status.on_air ? 'The stream stays open.' : 'This page notices when the station is back.');
    const words = [track.title, track.artist].filter(Boolean).join(' \u2013 ');
    document.title = words ? words + ' \u00b7 ' + stationName : stationName;
    if ('mediaSession' in navigator && 'MediaMetadata' in window) {
      navigator.mediaSession.metadata =
        new MediaMetadata({ title: track.title || stationName, artist: track.artist, album: stationName });
    }
  }

  function renderPlayer() {
    const wanted = player.wanted;
    const waiting = wanted && player.state !== 'playing';
    const button = byId('listen');
    button.classList.toggle('waiting', waiting);
    byId('listen-icon').setAttribute('href', waiting ? '#i-wait' : wanted ? '#i-stop' : '#i-play');
    show('listen-label', wanted ? 'Stop' : 'Listen');
    button.disabled = !wanted && Boolean(status) && failures < 2 && !status.on_air;
    show('state', {
      stopped: '', playing: 'You are listening', connecting: 'Connecting\u2026',
      retrying: 'The stream broke off. Reconnecting\u2026', refused: 'Your browser did not allow the sound. Press Listen again.',
    }[player.state]);
    if ('mediaSession' in navigator) navigator.mediaSession.playbackState = wanted ? 'playing' : 'none';
  }

  /* ---- the hand ---- */

  function stored(key) { try { return localStorage.getItem(key); } catch (error) { return null; } }
  function store(key, value) { try { localStorage.setItem(key, value); } catch (error) { /* private window */ } }

  let muted = false;
  function applyVolume() {
    const value = Number(byId('volume').value);
    player.setVolume((value / 100) ** 2, muted); // the ear hears powers, not sums
    byId('mute').setAttribute('aria-pressed', String(muted));
    byId('mute-icon').setAttribute('href', muted || value === 0 ? '#i-muted' : '#i-volume');
    store('cycast-volume', String(value));
  }

  function copy(button) {
    const field = byId(button.dataset.copy);
    field.focus();
    field.select();
    const done = (works) => {
      button.textContent = works ? 'Copied' : 'Press Ctrl+C';
      setTimeout(() => { button.textContent = 'Copy'; }, 2500);
    };
    // The clipboard object exists on https and localhost only; a home station is mostly neither.
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(() => done(true), () => done(false));
    else done(document.execCommand('copy'));
  }

  function setUp() {
    document.body.classList.toggle('framed', location.hash === '#embed');
    for (const node of document.querySelectorAll('.scripted')) node.hidden = false;
    byId('listen').disabled = false;
    byId('address').value = whole(mountUrl);
    const quoted = stationName.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
    byId('embed').value = '<iframe src="' + whole(baseUrl) + '#embed" title="' + quoted
      + '" width="420" height="380" style="border:0" allow="autoplay"></iframe>';
    byId('volume-row').hidden = false;

    const probe = new Audio();
    probe.volume = 0.5;
    if (probe.volume !== 0.5) byId('volume').hidden = true; // phones that leave it to their own keys
    const volume = stored('cycast-volume');
    if (volume !== null && Number(volume) >= 0 && Number(volume) <= 100) byId('volume').value = volume;
    applyVolume();

    byId('listen').addEventListener('click', () => player.toggle());
    byId('volume').addEventListener('input', () => { muted = false; applyVolume(); });
    byId('mute').addEventListener('click', () => { muted = !muted; applyVolume(); });
    for (const button of document.querySelectorAll('[data-copy]')) button.addEventListener('click', () => copy(button));
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (event.target.closest('button, input:not([type=range]), textarea, a, summary')) return;
      if (event.key === ' ') { event.preventDefault(); if (!byId('listen').disabled) player.toggle(); }
      if (event.key === 'm' || event.key === 'M') { muted = !muted; applyVolume(); }
    });
    if ('mediaSession' in navigator) {
      navigator.mediaSession.setActionHandler('play', () => player.start());
      navigator.mediaSession.setActionHandler('pause', () => player.stop());
      navigator.mediaSession.setActionHandler('stop', () => player.stop());
    }
  }

  let ticker = 0;
  function followVisibility() {
    clearInterval(ticker);
    if (!document.hidden) {
      ticker = setInterval(render, 500);
      poll();
    }
  }

  setUp();
  document.addEventListener('visibilitychange', followVisibility);
  addEventListener('online', poll);
  if (document.hidden) poll();
  followVisibility();
})();
